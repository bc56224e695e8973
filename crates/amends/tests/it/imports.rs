//! Files imported by the program: all of a file or nothing, and each fault with its place.
//!
//! On SQLite, and on PostgreSQL where `AMENDS_TEST_DATABASE_URL` names a server.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs};

use serde_json::Value;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

use crate::program::{Folder, Ran, amends};

/// A shop with nothing in it, and how to reach it.
struct Shop {
    folder: Folder,
    database: Option<String>,
}

impl Shop {
    fn run(&self, words: &[&str]) -> Ran {
        let url = self.database.iter().flat_map(|url| ["--database-url", url]);
        let words: Vec<&str> = url.chain(words.iter().copied()).collect();
        amends(self.folder.path(), &words)
    }

    /// Runs and checks the exit code and a part of what was printed.
    fn check(&self, words: &[&str], code: i32, says: &str) -> String {
        let ran = self.run(words);
        assert_eq!(ran.code, code, "{words:?}: {}{}", ran.out, ran.err);
        let told = ran.out + &ran.err;
        assert!(told.contains(says), "{words:?}: {told}");
        told
    }

    fn orders(&self, file: &Path, more: &[&str], code: i32, says: &str) -> String {
        let words = [&["import", "orders", file.to_str().unwrap()], more].concat();
        self.check(&words, code, says)
    }

    fn tracking(&self, name: &str, text: &str, code: i32, says: &str) -> String {
        let file = self.folder.file(name, text);
        self.check(&["import", "tracking", file.to_str().unwrap()], code, says)
    }
}

/// Tells the databases of one run apart.
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// Tells a story in an empty shop, on each database.
async fn on_both(story: impl Fn(&Shop)) {
    tell(None, &story);
    let Some(server) = env::var("AMENDS_TEST_DATABASE_URL")
        .ok()
        .filter(|url| !url.is_empty())
    else {
        println!("PostgreSQL: not run, AMENDS_TEST_DATABASE_URL is not set");
        return;
    };
    let name = format!(
        "amends_imports_{}_{}",
        process::id(),
        NUMBER.fetch_add(1, Ordering::Relaxed)
    );
    let mut admin = PgConnection::connect(&server).await.unwrap();
    let create = format!("CREATE DATABASE {name}");
    sqlx::raw_sql(AssertSqlSafe(create))
        .execute(&mut admin)
        .await
        .unwrap();
    let options: PgConnectOptions = server.parse().unwrap();
    tell(Some(options.database(&name).to_url_lossy().to_string()), &story);
    let drop = format!("DROP DATABASE {name} WITH (FORCE)");
    sqlx::raw_sql(AssertSqlSafe(drop))
        .execute(&mut admin)
        .await
        .unwrap();
}

fn tell(database: Option<String>, story: &impl Fn(&Shop)) {
    let shop = Shop {
        folder: Folder::new(),
        database,
    };
    found(&shop);
    story(&shop);
}

fn found(shop: &Shop) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amends"));
    command.arg("--data").arg(shop.folder.path());
    if let Some(url) = &shop.database {
        command.args(["--database-url", url]);
    }
    let mut child = command
        .args(["shop", "create", "晚风小店", "--login", "owner"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    writeln!(stdin, "一个够长的密码在这里").unwrap();
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

fn testdata(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../testdata")
        .join(name)
}

const HEAD: &str = "订单编号,买家昵称,商家编码,商品标题,数量,单价,实付金额,付款时间,签收时间";
const GOOD: &str = "A1,小满,DRESS-S,连衣裙,2,¥199.50,\"399.00\",2026-03-01 10:00:00,
A2,阿宁,BELT,腰带,1,49.00,44.00,2026-03-02 10:00:00,2026-03-04 10:00:00
A1,小满,BELT,腰带,1,49.00,,,
";

#[tokio::test]
async fn a_csv_is_imported_whole_or_not_at_all_and_importing_again_changes_nothing() {
    on_both(|shop| {
        let file = |name: &str, rows: &str| shop.folder.file(name, &format!("{HEAD}\n{rows}"));
        let good = GOOD
            .replace("\"399.00\"", "\"1,448.00\"")
            .replace("199.50", "699.50");
        let bad = file(
            "bad.csv",
            &format!("{good}A3,小满,BELT,腰带,1,-49,,2026-03-02 10:00,\n"),
        );
        shop.orders(&bad, &[], 1, "line 5, 单价: \"-49\" is negative");
        let good_file = file("good.csv", &good);
        shop.orders(
            &good_file,
            &[],
            0,
            "2 orders read, 2 new, 0 moved on, 0 already there",
        );
        shop.orders(
            &good_file,
            &[],
            0,
            "2 orders read, 0 new, 0 moved on, 2 already there",
        );
        let later = file(
            "later.csv",
            &good.replace("10:00:00,\nA2", "10:00:00,2026-03-05 10:00\nA2"),
        );
        shop.orders(&later, &[], 0, "0 new, 1 moved on, 1 already there");
        // One order differs, one is new: the new one waits for the other's mending.
        let differs = good.replace("腰带,1,49.00,44.00", "腰带,1,49.00,43.00");
        let differs = file(
            "differs.csv",
            &format!("{differs}A9,新客,BELT,腰带,1,49.00,49.00,2026-03-02 10:00,\n"),
        );
        let told = shop.orders(
            &differs,
            &[],
            1,
            "line 3: order A2 is in the shop already with other content",
        );
        assert!(told.contains("1 fault; nothing was imported"), "{told}");
        shop.orders(
            &file("a9.csv", "A9,新客,BELT,腰带,1,49.00,49.00,2026-03-02 10:00,\n"),
            &[],
            0,
            "1 new",
        );
        shop.check(&["verify"], 0, "0 findings");
    })
    .await;
}

#[tokio::test]
async fn faults_are_told_for_machines_too() {
    let shop = Shop {
        folder: Folder::new(),
        database: None,
    };
    found(&shop);
    let file = shop
        .folder
        .file("bad.csv", &format!("{HEAD}\nA1,m,S,裙,1,5,5,昨天,\n"));
    let told = shop.orders(&file, &["--json"], 1, "");
    let told: Value = serde_json::from_str(&told).unwrap();
    let fault = &told["faults"][0];
    assert_eq!(
        (&fault["line"], &fault["code"]),
        (&2.into(), &"not_a_moment".into())
    );
    assert_eq!((&fault["field"], &told["total"]), (&"付款时间".into(), &1.into()));
    let own = shop.folder.file("own.toml", "name = 1");
    for (more, says) in [
        (&["--map", "excel"][..], "known are amends-jsonl, tau-retail"),
        (&["--map", own.to_str().unwrap()], "own.toml"),
        (&["--map", "nowhere.toml"], "cannot be read"),
        (&["--users", "x.json"], "has no use for --users"),
    ] {
        shop.orders(&file, more, 2, says);
    }
}

#[tokio::test]
async fn a_file_in_gbk_and_one_of_another_house_import_by_a_table_of_columns() {
    on_both(|shop| {
        // 订单,客人,货号,品名,件,价,付款 and a row under it, as GBK bytes.
        let gbk: &[u8] = b"\xb6\xa9\xb5\xa5,\xbf\xcd\xc8\xcb,\xbb\xf5\xba\xc5,\xc6\xb7\xc3\xfb,\xbc\xfe,\xbc\xdb,\xb8\xb6\xbf\xee\nG1,\xd0\xa1\xc2\xfa,S,\xc8\xb9,1,9.90,2026-03-01 10:00\n";
        let file = shop.folder.path().join("gbk.csv");
        fs::write(&file, gbk).unwrap();
        let own = "name = \"own\"\nother_columns = \"refuse\"\n[columns]\nnumber = [\"订单\"]\nnickname = [\"客人\"]\n\
            sku = [\"货号\"]\ntitle = [\"品名\"]\nunits = [\"件\"]\nprice = [\"价\"]\npaid_at = [\"付款\"]\n";
        let own = shop.folder.file("own.toml", own);
        shop.orders(&file, &["--map", own.to_str().unwrap()], 0, "1 new");
        shop.orders(&file, &["--map", "taobao"], 1, "there is no such column");
    })
    .await;
}

#[tokio::test]
async fn the_forty_one_orders_of_ecom_bench_import() {
    on_both(|shop| {
        let orders = testdata("ecom-bench-zh/orders.json");
        let (products, logistics) = (
            testdata("ecom-bench-zh/products.json"),
            testdata("ecom-bench-zh/logistics.json"),
        );
        let (products, logistics) = (products.to_str().unwrap(), logistics.to_str().unwrap());
        let map = ["--map", "ecom-bench-zh"];
        let all = [&map[..], &["--products", products, "--logistics", logistics]].concat();
        shop.orders(&orders, &all, 0, "41 orders read, 41 new");
        shop.orders(&orders, &all, 0, "0 new, 0 moved on, 41 already there");
        let text = fs::read_to_string(&orders).unwrap();
        let strange = shop
            .folder
            .file("strange.json", &text.replacen("已退货", "已遗失", 1));
        shop.orders(
            &strange,
            &map,
            1,
            "entry 312635190435, 订单状态: \"已遗失\" is not known",
        );
        shop.check(&["verify"], 0, "0 findings");
    })
    .await;
}

#[tokio::test]
async fn the_retail_shop_imports_with_its_users() {
    on_both(|shop| {
        let orders = testdata("tau-retail/orders.json");
        let read: Value = serde_json::from_str(&fs::read_to_string(&orders).unwrap()).unwrap();
        let user = r#"{"name":{"first_name":"Mei","last_name":"Li"},"address":{"city":"Austin"},"email":"m@example.com"}"#;
        let ids = read.as_object().unwrap().values().map(|order| order["user_id"].as_str().unwrap());
        let ids = ids.chain(["nobody_1", "nobody_2"]);
        let users: Vec<String> = ids.map(|id| format!("{id:?}:{user}")).collect();
        let mut unique = users.clone();
        unique.sort();
        unique.dedup();
        let users = shop.folder.file("users.json", &format!("{{{}}}", unique.join(",")));
        let users = users.to_str().unwrap();
        let told = shop.orders(&orders, &["--map", "tau-retail", "--users", users], 0, "6 orders read, 6 new");
        assert!(told.contains("2 new buyers without an order"), "{told}");
        // Its moments are counted back from the import; the second time those of the first stay.
        shop.orders(&orders, &["--map", "tau-retail"], 0, "0 new, 0 moved on, 6 already there");
        shop.check(&["verify"], 0, "0 findings");
    })
    .await;
}

#[tokio::test]
async fn carriers_move_orders_on_and_never_back() {
    on_both(|shop| {
        let orders = "A1,小满,S,裙,1,9,9,2026-03-01 10:00,\nA2,阿宁,S,裙,1,9,9,2026-03-01 10:00,\n";
        let file = shop.folder.file("orders.csv", &format!("{HEAD}\n{orders}"));
        shop.orders(&file, &[], 0, "2 new");
        let head = "订单编号,快递公司,运单号,时间,状态,说明\n";
        let way = "A1,顺丰,SF1,2026-03-02 09:00,已揽收,\nA1,顺丰,SF1,2026-03-03 09:00,已签收,本人签收\n";
        for (rows, code, says) in [
            (format!("{way}A7,顺丰,SF7,2026-03-02 09:00,已揽收,\n"), 1, "line 4, order: there is no order A7"),
            (format!("{way},顺丰,SF7,2026-03-02 09:00,已揽收,\n"), 1, "line 4, order: a waybill alone"),
            (format!("{way}A2,顺丰,SF2,2026-02-28 09:00,已揽收,\n"), 1, "line 4, at: "),
            (format!("{way}A2,顺丰,SF2,2026-03-02 09:00,丢了,\n"), 1, "line 4, state: \"丢了\" is not known"),
            (way.to_owned(), 0, "2 events read, 1 orders moved on"),
            (way.to_owned(), 0, "2 events read, 0 orders moved on"),
            (way.replace("-03 09:00", "-02 20:00"), 0, "0 orders moved on"),
        ] {
            shop.tracking("track.csv", &format!("{head}{rows}"), code, says);
        }
        let line = r#"{"order":"A2","waybill":"SF2","carrier":"顺丰","at":"2026-03-02T09:00:00+08:00","state":"in_transit","text":"到达杭州"}"#;
        shop.tracking("track.jsonl", line, 0, "1 events read, 1 orders moved on");
        shop.tracking("track.jsonl", &line.replace("in_transit", "exception"), 0, "0 orders moved on");
        shop.tracking("track.jsonl", &line.replace("\"at\"", "\"time\""), 1, "line 1: missing field `at`");
    })
    .await;
}

#[tokio::test]
async fn reviews_of_a_file_are_kept_until_their_order_arrives() {
    on_both(|shop| {
        let orders = |rows: &str| shop.folder.file("orders.csv", &format!("{HEAD}\n{rows}"));
        let import = |name: &str, text: &str, code: i32, says: &str| {
            let file = shop.folder.file(name, text);
            shop.check(&["import", "reviews", file.to_str().unwrap()], code, says)
        };
        let first = orders("A1,小满,S,裙,1,9,9,2026-03-01 10:00,2026-03-03 10:00\n");
        shop.orders(&first, &[], 0, "1 new");
        let head = "评价编号,订单编号,评价结果,评价内容,评价时间,描述相符,无关的列\n";
        let rows = "R1,A1,好评,很好,2026-03-04 10:00,5,x\nR2,A2,差评,碎了,2026-03-04 11:00,1,x\n";
        for (bad, says) in [
            (
                "R3,A1,还行,一般,2026-03-04 11:00,5,x\n",
                "line 4, rating: \"还行\" is not known",
            ),
            ("R3,A1,中评,一般,昨天,5,x\n", "line 4, at: \"昨天\""),
            (
                "R3,A1,中评,一般,2026-03-04 11:00,6,x\n",
                "line 4, description: \"6\"",
            ),
            (",A1,中评,一般,2026-03-04 11:00,5,x\n", "line 4, id: is empty"),
            ("R3,A1,,一般,2026-03-04 11:00,5,x\n", "line 4, rating: "),
        ] {
            import("bad.csv", &format!("{head}{rows}{bad}"), 1, says);
        }
        let told = import(
            "reviews.csv",
            &format!("{head}{rows}"),
            0,
            "2 reviews read, 2 new, 0 revised",
        );
        assert!(
            told.contains("line 3: there is no order A2 in the shop"),
            "{told}"
        );
        let again = import(
            "reviews.csv",
            &format!("{head}{rows}"),
            0,
            "0 new, 0 revised, 2 already there",
        );
        assert!(again.contains("line 3"), "{again}");
        let second = orders("A2,阿宁,S,裙,1,9,9,2026-03-01 10:00,2026-03-03 10:00\n");
        shop.orders(&second, &[], 0, "1 new");
        let after = import("reviews.csv", &format!("{head}{rows}"), 0, "2 already there");
        assert!(!after.contains("line 3"), "{after}");
        let line =
            r#"{"id":"R1","order":"A1","stars":4,"text":"追评：有点掉色","at":"2026-03-05T10:00:00+08:00"}"#;
        import("reviews.jsonl", line, 0, "1 reviews read, 0 new, 1 revised");
        import(
            "reviews.jsonl",
            &line.replace("\"at\"", "\"when\""),
            1,
            "line 1: missing field `at`",
        );
        shop.check(&["verify"], 0, "0 findings");
    })
    .await;
}
