//! Shops: founding one, its policy and its settings.

pub mod policy_publish;
pub mod settings;
pub mod setup;
pub mod shop_create;
pub mod shop_read;
