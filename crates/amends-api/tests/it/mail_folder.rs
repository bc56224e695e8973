//! The folder that a mail server delivers into: each mail is taken in once, whatever happens in between.

use std::fs;
use std::path::Path;

use amends_app::Target;
use amends_app::mails::folder::MailInbox;
use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::fixture::{Fixture, Folder, paid_order, serve};
use crate::mails::letter;
use crate::place::on_both;

const MAN: &str = "xiaoman@example.com";

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// A desk whose shop has a Maildir, and a buyer with an address.
async fn delivered(target: &Target) -> (Fixture, Folder, MailInbox) {
    let desk = serve(target).await;
    let mut order = paid_order("F1001");
    order["buyer"] = json!({ "nickname": "小满", "email": MAN });
    desk.order(&order).await;
    let root = Folder::fresh();
    for name in ["new", "cur", "tmp"] {
        fs::create_dir_all(root.0.join("演示店铺").join(name)).unwrap();
    }
    let inbox = MailInbox::at(&root.0);
    (desk, root, inbox)
}

async fn mails(desk: &Fixture) -> Vec<Value> {
    let page = desk.get(Role::Agent, "/api/v1/mails").await.ok(200);
    page["mails"].as_array().unwrap().clone()
}

#[tokio::test]
async fn what_is_delivered_is_taken_in_and_what_is_no_mail_is_put_apart() {
    on_both(async |target: &Target| {
        let (desk, root, inbox) = delivered(target).await;
        let shop = root.0.join("演示店铺");
        fs::write(shop.join("new/2.eml"), letter(MAN, "F1001", "可以机洗吗？")).unwrap();
        fs::write(shop.join("new/1.host"), letter("a@example.com", "x", "y")).unwrap();
        fs::write(shop.join("new/3.eml"), "\n").unwrap();
        fs::write(shop.join("new/.4.part"), "From: half").unwrap();
        fs::create_dir_all(root.0.join("没有这家店/new")).unwrap();
        fs::write(root.0.join("没有这家店/new/1"), letter(MAN, "x", "y")).unwrap();
        assert_eq!(inbox.run(&desk.desk).await.unwrap(), 3);
        assert_eq!(inbox.run(&desk.desk).await.unwrap(), 0);
        let mails = mails(&desk).await;
        let mut states: Vec<&str> = mails.iter().map(|mail| mail["state"].as_str().unwrap()).collect();
        states.sort_unstable();
        assert_eq!(states, ["opened", "parked"]);
        assert_eq!(files(&shop.join("new")), [".4.part"]);
        assert_eq!(files(&shop.join("failed")), ["3.eml"]);
        assert_eq!(files(&shop.join("cur")).len(), 2);
        assert_eq!(files(&root.0.join("没有这家店/new")), ["1"]);
    })
    .await;
}

#[tokio::test]
async fn a_crash_between_taking_in_and_moving_doubles_nothing() {
    on_both(async |target: &Target| {
        let (desk, root, inbox) = delivered(target).await;
        let shop = root.0.join("演示店铺");
        let mail = letter(MAN, "F1001", "可以机洗吗？");
        fs::write(shop.join("new/1"), &mail).unwrap();
        assert_eq!(inbox.run(&desk.desk).await.unwrap(), 1);
        // As if the file had never been moved, and a second node had it under another name.
        fs::write(shop.join("new/1"), &mail).unwrap();
        fs::write(shop.join("new/2"), &mail).unwrap();
        assert_eq!(inbox.run(&desk.desk).await.unwrap(), 2);
        // Two nodes at once: one of them moves it.
        fs::write(shop.join("new/1"), &mail).unwrap();
        let (one, other) = (inbox.run(&desk.desk), inbox.run(&desk.desk));
        let (one, other) = tokio::join!(Box::pin(one), Box::pin(other));
        assert_eq!(one.unwrap() + other.unwrap(), 1);
        let mails = mails(&desk).await;
        assert_eq!(mails.len(), 1);
        assert_eq!(files(&shop.join("cur")).len(), 1);
        let case = mails[0]["case"].as_str().unwrap();
        assert_eq!(
            desk.told(case)
                .await
                .iter()
                .filter(|name| *name == "opened")
                .count(),
            1
        );
        let cases = desk.get(Role::Agent, "/api/v1/cases").await.ok(200);
        assert_eq!(cases["cases"].as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_nodes_that_take_the_same_mail_say_it_once() {
    on_both(async |target: &Target| {
        let (desk, _root, _) = delivered(target).await;
        let ask = || {
            let ask = Ask::method("POST", "/api/v1/mails").raw(letter(MAN, "F1001", "可以机洗吗？"));
            ask.header("content-type", "message/rfc822")
                .token(desk.token(Role::Machine))
                .of(&desk.app)
        };
        let (one, two, three) = tokio::join!(ask(), ask(), ask());
        let case = one.ok(201)["case"].clone();
        assert!(case.is_string());
        for other in [two, three] {
            assert_eq!(other.ok(201)["case"], case);
        }
        assert_eq!(mails(&desk).await.len(), 1);
        let cases = desk.get(Role::Agent, "/api/v1/cases").await.ok(200);
        assert_eq!(cases["cases"].as_array().unwrap().len(), 1);
        let told = desk.told(case.as_str().unwrap()).await;
        assert_eq!(
            told.iter().filter(|name| *name == "text_added").count(),
            0,
            "{told:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn who_is_forgotten_leaves_no_copy_in_the_folder() {
    on_both(async |target: &Target| {
        let (desk, root, inbox) = delivered(target).await;
        let shop = root.0.join("演示店铺");
        fs::write(shop.join("new/1"), letter(MAN, "F1001", "我的地址是杭州")).unwrap();
        fs::write(shop.join("new/2"), letter("a@example.com", "x", "y")).unwrap();
        inbox.run(&desk.desk).await.unwrap();
        assert_eq!(inbox.tidy(&desk.desk).await.unwrap(), 0);
        let mails = mails(&desk).await;
        let buyer = mails.iter().find_map(|mail| mail["buyer"].as_str()).unwrap();
        let path = format!("/api/v1/buyers/{buyer}");
        Ask::method("DELETE", path)
            .token(desk.token(Role::Admin))
            .of(&desk.app)
            .await
            .ok(204);
        assert_eq!(inbox.tidy(&desk.desk).await.unwrap(), 1);
        assert_eq!(files(&shop.join("cur")).len(), 1);
    })
    .await;
}
