//! People who sign in, the shops they belong to, and their sessions.
//!
//! Must not know: passwords and session secrets; both come hashed. Tests: `tests/it/statements.rs`.

use amends_domain::actor::Role;
use amends_domain::digest::Digest;
use amends_domain::ids::{PersonId, SessionId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, Tx, args};
use crate::error::StoreError;

/// Somebody who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// His id.
    pub id: PersonId,
    /// The name he signs in with, unique in the installation.
    pub login: String,
    /// His password, hashed in PHC form.
    pub password_hash: String,
    /// The name others see.
    pub display_name: String,
    /// Since when he may no longer sign in.
    pub disabled_at: Option<Moment>,
    /// When he was added.
    pub created_at: Moment,
}

/// A shop somebody belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The shop.
    pub shop: ShopId,
    /// Its name.
    pub shop_name: String,
    /// His role there.
    pub role: Role,
}

/// Somebody of a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// The name he signs in with.
    pub login: String,
    /// The name others see.
    pub display_name: String,
    /// His role.
    pub role: Role,
    /// Since when he may no longer sign in.
    pub disabled_at: Option<Moment>,
}

/// A session to be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// Digest of its secret.
    pub hash: Digest,
    /// Its id, which may be shown.
    pub id: SessionId,
    /// Whose.
    pub person: PersonId,
    /// In which shop.
    pub shop: ShopId,
    /// When it starts.
    pub at: Moment,
    /// When it ends by itself.
    pub expires_at: Moment,
}

/// A session, with what its bearer is at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Its id.
    pub session: SessionId,
    /// Whose.
    pub person: PersonId,
    /// In which shop.
    pub shop: ShopId,
    /// His role there now.
    pub role: Role,
    /// When it ends by itself.
    pub expires_at: Moment,
    /// When it was ended.
    pub revoked_at: Option<Moment>,
    /// The name others see.
    pub display_name: String,
}

const PERSON: &str =
    "SELECT person_id, login, password_hash, display_name, disabled_at, created_at FROM people";

fn person(mut row: Row) -> Result<PersonRow, StoreError> {
    Ok(PersonRow {
        id: row.parsed()?,
        login: row.text()?,
        password_hash: row.text()?,
        display_name: row.text()?,
        disabled_at: row.moment_or_none()?,
        created_at: row.moment()?,
    })
}

fn session(mut row: Row) -> Result<SessionRow, StoreError> {
    Ok(SessionRow {
        session: row.parsed()?,
        person: row.parsed()?,
        shop: row.parsed()?,
        role: row.named(Role::named)?,
        expires_at: row.moment()?,
        revoked_at: row.moment_or_none()?,
        display_name: row.text()?,
    })
}

const SET_MEMBERSHIP: &str = "INSERT INTO memberships (shop_id, person_id, role) VALUES ($1, $2, $3) \
    ON CONFLICT (shop_id, person_id) DO UPDATE SET role = excluded.role";

/// Adds somebody and his role; `false` when his id or login is taken.
pub(crate) async fn enrol(
    tx: &mut Tx,
    shop: ShopId,
    person: &PersonRow,
    role: Role,
) -> Result<bool, StoreError> {
    const INSERT: &str = "INSERT INTO people \
        (person_id, login, password_hash, display_name, disabled_at, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    let values = args![
        person.id,
        person.login.as_str(),
        person.password_hash.as_str(),
        person.display_name.as_str(),
        person.disabled_at,
        person.created_at
    ];
    if tx.execute(INSERT, values).await? == 0 {
        return Ok(false);
    }
    tx.execute(SET_MEMBERSHIP, args![shop, person.id, role.code()])
        .await?;
    Ok(true)
}

impl Store {
    /// Adds somebody to a shop; `false`, and nothing written, when his id or login is taken.
    pub async fn person_enrol(
        &self,
        shop: ShopId,
        person: &PersonRow,
        role: Role,
    ) -> Result<bool, StoreError> {
        let mut tx = self.db().begin().await?;
        if !enrol(&mut tx, shop, person, role).await? {
            return Ok(false);
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Somebody by the name he signs in with.
    pub async fn person_by_login(&self, login: &str) -> Result<Option<PersonRow>, StoreError> {
        let query = format!("{PERSON} WHERE login = $1");
        self.db()
            .fetch_first(&query, args![login])
            .await?
            .map(person)
            .transpose()
    }

    /// Somebody by his id.
    pub async fn person_by_id(&self, id: PersonId) -> Result<Option<PersonRow>, StoreError> {
        let query = format!("{PERSON} WHERE person_id = $1");
        self.db()
            .fetch_first(&query, args![id])
            .await?
            .map(person)
            .transpose()
    }

    /// Replaces somebody's password hash; `false` when there is no such person.
    pub async fn person_set_password(&self, id: PersonId, password_hash: &str) -> Result<bool, StoreError> {
        const SET: &str = "UPDATE people SET password_hash = $2 WHERE person_id = $1";
        Ok(self.db().execute(SET, args![id, password_hash]).await? == 1)
    }

    /// Bars somebody from signing in, or lets him again; `false` when there is no such person.
    pub async fn person_set_disabled(&self, id: PersonId, at: Option<Moment>) -> Result<bool, StoreError> {
        const SET: &str = "UPDATE people SET disabled_at = $2 WHERE person_id = $1";
        Ok(self.db().execute(SET, args![id, at]).await? == 1)
    }

    /// Gives somebody a role in a shop, or another one than he has.
    pub async fn membership_set(&self, shop: ShopId, person: PersonId, role: Role) -> Result<(), StoreError> {
        self.db()
            .execute(SET_MEMBERSHIP, args![shop, person, role.code()])
            .await?;
        Ok(())
    }

    /// Takes somebody's role in a shop away; his sessions there stop being found.
    pub async fn membership_remove(&self, shop: ShopId, person: PersonId) -> Result<bool, StoreError> {
        const REMOVE: &str = "DELETE FROM memberships WHERE shop_id = $1 AND person_id = $2";
        Ok(self.db().execute(REMOVE, args![shop, person]).await? == 1)
    }

    /// Shops somebody belongs to, by name.
    pub async fn memberships_of(&self, person: PersonId) -> Result<Vec<Membership>, StoreError> {
        const QUERY: &str = "SELECT m.shop_id, s.name, m.role FROM memberships m \
            JOIN shops s ON s.shop_id = m.shop_id WHERE m.person_id = $1 ORDER BY s.name";
        let membership = |mut row: Row| {
            Ok(Membership {
                shop: row.parsed()?,
                shop_name: row.text()?,
                role: row.named(Role::named)?,
            })
        };
        let rows = self.db().fetch(QUERY, args![person]).await?;
        rows.into_iter().map(membership).collect()
    }

    /// People of a shop, by login.
    pub async fn members_of(&self, shop: ShopId) -> Result<Vec<Member>, StoreError> {
        const QUERY: &str = "SELECT m.person_id, p.login, p.display_name, m.role, p.disabled_at \
            FROM memberships m JOIN people p ON p.person_id = m.person_id \
            WHERE m.shop_id = $1 ORDER BY p.login";
        let member = |mut row: Row| {
            Ok(Member {
                person: row.parsed()?,
                login: row.text()?,
                display_name: row.text()?,
                role: row.named(Role::named)?,
                disabled_at: row.moment_or_none()?,
            })
        };
        let rows = self.db().fetch(QUERY, args![shop]).await?;
        rows.into_iter().map(member).collect()
    }

    /// Starts a session.
    pub async fn session_insert(&self, session: &NewSession) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO sessions \
            (session, session_id, person_id, shop_id, created_at, expires_at) \
            VALUES ($1, $2, $3, $4, $5, $6)";
        let values = args![
            session.hash,
            session.id,
            session.person,
            session.shop,
            session.at,
            session.expires_at
        ];
        self.db().execute(INSERT, values).await?;
        Ok(())
    }

    /// A session by the digest of its secret, ended or not; none when its bearer was disabled or
    /// belongs to the shop no longer.
    pub async fn session_by_hash(&self, hash: Digest) -> Result<Option<SessionRow>, StoreError> {
        const QUERY: &str = "SELECT s.session_id, s.person_id, s.shop_id, m.role, s.expires_at, s.revoked_at, \
            p.display_name FROM sessions s \
            JOIN people p ON p.person_id = s.person_id AND p.disabled_at IS NULL \
            JOIN memberships m ON m.shop_id = s.shop_id AND m.person_id = s.person_id \
            WHERE s.session = $1";
        self.db()
            .fetch_first(QUERY, args![hash])
            .await?
            .map(session)
            .transpose()
    }

    /// Ends a session; `false` when there is none, or it had ended.
    pub async fn session_revoke(&self, session: SessionId, at: Moment) -> Result<bool, StoreError> {
        const REVOKE: &str =
            "UPDATE sessions SET revoked_at = $2 WHERE session_id = $1 AND revoked_at IS NULL";
        Ok(self.db().execute(REVOKE, args![session, at]).await? == 1)
    }

    /// Ends all of somebody's sessions; returns how many there were.
    pub async fn sessions_revoke_all(&self, person: PersonId, at: Moment) -> Result<u64, StoreError> {
        const REVOKE: &str =
            "UPDATE sessions SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL";
        self.db().execute(REVOKE, args![person, at]).await
    }
}
