//! Traditional Chinese, in the words used in Taiwan: everything else that goes wrong.
//!
//! Must not know: who asked. Tests: `texts/tests.rs`.

use super::super::Entry;

pub(super) const FAULTS: &[Entry] = &[
    [
        "unauthenticated",
        "請先登入",
        "您還沒有登入，或者登入已經過期。請重新登入；程式呼叫的，請檢查權杖是否已經到期或作廢。",
    ],
    [
        "wrong_password",
        "帳號或密碼不對",
        "請檢查大小寫後再試一次。忘記密碼的話，請聯絡店主重設。",
    ],
    [
        "too_many_attempts",
        "嘗試太頻繁了",
        "為了帳號安全，請 {retry_after_seconds} 秒後再試。忘記密碼的話，請聯絡店主重設。",
    ],
    [
        "forbidden",
        "您沒有這項權限",
        "目前角色是「{role}」，不能使用這項功能。工作需要的話，請聯絡店主調整角色。",
    ],
    [
        "link_tampered",
        "連結打不開",
        "連結不完整，或者被改動過。請回到店鋪傳給您的訊息，重新點開原來的連結；還是打不開，請聯絡客服。",
    ],
    [
        "code_wrong",
        "驗證碼不對，或者已經失效",
        "請核對簡訊或郵件裡最新的那個驗證碼，也請確認訂單編號和手機末四碼。驗證碼 10 分鐘內有效，試錯太多次要重新取得。",
    ],
    [
        "link_expired",
        "連結已經過期",
        "為了保護您的資料，連結過一段時間會失效。請聯絡客服，重新傳一個給您。",
    ],
    [
        "not_found",
        "沒有找到這{what}",
        "編號可能有誤，或者它不屬於目前的店鋪。請核對編號後再試。",
    ],
    [
        "invalid",
        "有一項填寫不符合要求",
        "「{field}」沒有通過檢查（{reason}）。請改好這一項再送出。",
    ],
    [
        "invalid.empty",
        "有一項沒有填",
        "「{field}」不能為空。請填好後再送出。",
    ],
    [
        "invalid.too_long",
        "有一項太長了",
        "「{field}」最多 {chars_max} 個字。請刪短後再送出。",
    ],
    [
        "invalid.length",
        "有一項沒有填好",
        "「{field}」要有 1 到 {chars_max} 個字。請修改後再送出。",
    ],
    [
        "invalid.null",
        "有一項含有無法儲存的字元",
        "「{field}」裡有看不見的字元 U+0000。請重新輸入這段文字再送出。",
    ],
    [
        "invalid.password",
        "密碼太短或太長",
        "「{field}」至少 {chars_min} 個字，最多 {bytes_max} 個位元組。請換一個密碼。",
    ],
    [
        "invalid.file_name",
        "檔名不能用",
        "「{field}」要有 1 到 {chars_max} 個字，不能含有斜線和控制字元。請改名後再上傳。",
    ],
    [
        "invalid.before",
        "時間先後不對",
        "「{field}」早於「{earlier}」，順序反了。請核對這兩個時間後再送出。",
    ],
    [
        "invalid.twice",
        "有一項重複了",
        "「{field}」：{value} 在這次匯入中出現了兩次。請去掉一個再送出。",
    ],
    [
        "invalid.no_handler",
        "請選擇處理售後的成員",
        "這位成員不處理售後，或者帳號已經停用。請改選客服、主管、經理或店主。",
    ],
    [
        "invalid.no_writer",
        "請說明這封郵件是誰的",
        "按寄件地址找不到買家，或者不只一位。請指定相關的訂單，或者指定買家。",
    ],
    [
        "invalid.no_calendar",
        "沒有這份日曆",
        "沒有名為「{value}」的日曆。可以用的有：{known}。請改選一份；留空則按週一至週五算工作日。",
    ],
    [
        "order_invalid.lines",
        "訂單的商品行數不對",
        "一筆訂單要有 1 到 {max} 行商品，這筆有 {lines} 行。請核對後重新匯入。",
    ],
    [
        "order_invalid.units",
        "商品件數不對",
        "每行商品要有 1 到 {max} 件，「{sku}」填的是 {units} 件。請核對後重新匯入。",
    ],
    [
        "order_invalid.currencies",
        "一筆訂單只能用一種幣別",
        "訂單裡同時有 {one} 和 {other}。請統一幣別後重新匯入。",
    ],
    [
        "order_invalid.discount",
        "優惠比商品金額還高",
        "優惠是 {discount}，商品金額只有 {of}。請核對優惠後重新匯入。",
    ],
    [
        "order_invalid.too_large",
        "訂單總額超過了上限",
        "這筆訂單的總額太大，系統無法準確記帳。請拆成幾筆訂單再匯入。",
    ],
    [
        "order_invalid.paid",
        "實付金額對不上",
        "填寫的實付是 {paid}，按商品、優惠和運費計算應為 {computed}。請核對後重新匯入。",
    ],
    [
        "order_differs",
        "訂單編號重複，內容卻不同",
        "訂單 {number} 已經匯入過，商品或金額與這次不一樣。請核對訂單編號；商品和金額匯入後不能更改。",
    ],
    [
        "taken",
        "這個名稱已經有人用了",
        "同名的已經存在。請換一個名稱再送出。",
    ],
    [
        "oneself",
        "不能對自己這樣操作",
        "為免把自己鎖在外面，這一步要由另一位店主來做。請找他，或者先新增一位店主。",
    ],
    [
        "other_shops",
        "這個帳號不只屬於本店",
        "這個人也在別的店鋪工作。請改為取消他在本店的角色，或者請他本人修改。",
    ],
    [
        "violation",
        "這段話不能發給買家",
        "「{words}」會被平台認定為違規（{violation}），扣 {points} 分，沒有送出。請改寫後再送：先理解買家，再說能辦什麼、什麼時候辦好。",
    ],
    [
        "violation.service_refused",
        "不能這樣拒絕售後",
        "「{words}」等於拒絕正常售後，會被平台認定為違規（{violation}），扣 {points} 分，沒有送出。請改寫：說清楚原因和依據，再告訴買家還能怎麼辦，例如換一種方案，或者申請平台介入。",
    ],
    [
        "violation.fake_dispatch",
        "出貨不能以好評為條件",
        "「{words}」把出貨和好評綁在了一起，會被平台認定為違規（{violation}），扣 {points} 分，沒有送出。請改寫：直接告訴買家什麼時候出貨；評價等他收到貨後自己決定。",
    ],
    [
        "violation.review_demanded",
        "售後不能以改評、刪評為條件",
        "「{words}」把售後和評價綁在了一起，會被平台認定為違規（{violation}），扣 {points} 分，沒有送出。請改寫：先把該辦的辦好，並告訴買家辦好的時間；評價改不改，由他自己決定。",
    ],
    [
        "key_reused",
        "冪等鍵重複使用",
        "同一個冪等鍵（Idempotency-Key）之前用在了另一個請求上，為避免重複處理，這次沒有執行。請換一個新的鍵再送出。",
    ],
    [
        "idempotency_key_required",
        "缺少冪等鍵",
        "為了避免重複送出造成重複退款，這類請求要帶 Idempotency-Key 標頭。請為每次操作產生一個新的鍵，重試時沿用同一個。",
    ],
    [
        "if_match_required",
        "缺少版本號",
        "處理售後單前，要確認您看到的是最新情況。請先讀取售後單，把回傳的 ETag 原樣放進 If-Match 標頭再送出。",
    ],
    [
        "unknown_route",
        "沒有這個位址",
        "位址可能寫錯了，或者編號不完整。請對照介面文件 /api/v1/openapi.json 檢查。",
    ],
    [
        "wrong_method",
        "請求方法不對",
        "這個位址不支援這種請求方法。請對照介面文件 /api/v1/openapi.json 檢查。",
    ],
    [
        "malformed_json",
        "送出的內容不是有效的 JSON",
        "解析時出錯：{reason}。請檢查格式後重新送出。",
    ],
    [
        "body_too_large",
        "送出的內容太大",
        "一次最多送出 {limit_bytes} 位元組。請分幾次送出。",
    ],
    [
        "wrong_content_type",
        "內容類型不對",
        "這裡只接受 JSON。請把標頭 Content-Type 設為 application/json。",
    ],
    [
        "mail_expected",
        "這裡只接受郵件",
        "請把收到的郵件原樣送出，標頭 Content-Type 設為 message/rfc822。",
    ],
    [
        "cookie_needs_json",
        "請求被攔下了",
        "為防止其他網站冒用您的登入，瀏覽器送出時要用 JSON。請把標頭 Content-Type 設為 application/json。",
    ],
    [
        "cross_site",
        "請求被攔下了",
        "這個請求來自另一個網站，為了您的帳號安全沒有執行。請回到本店的頁面操作。",
    ],
    [
        "too_many_at_once",
        "同時開啟的太多了",
        "您在其他視窗或程式裡已經開著 {at_most} 個。請先關掉一個，再試一次。",
    ],
    [
        "loopback_only",
        "只能在本機使用",
        "撥動時鐘只用於展示和測試，只接受來自同一台機器的請求。請在執行服務的機器上操作。",
    ],
    [
        "busy",
        "現在請求太多",
        "您的操作還沒有執行。請稍等片刻再試；用同一個冪等鍵重試，不會重複處理。",
    ],
    [
        "evidence_type",
        "這個檔案無法作為憑證",
        "提交時註明的是 {declared}，實際內容是 {found}。支援 JPEG、PNG、WebP、GIF、HEIC 圖片，MP4、MOV 影片，PDF 和 UTF-8 文字檔，類型須與內容一致。請換一個檔案，或改選憑證類型。",
    ],
    [
        "evidence_too_large",
        "檔案太大了",
        "這類檔案最大 {limit_mebibytes} MiB。請壓縮一下，影片可以只留關鍵部分，再重新上傳。",
    ],
    [
        "evidence_cut_off",
        "檔案沒有傳完整",
        "檔案結尾缺失，因此沒有儲存。請先確認檔案能正常開啟，再重新上傳。",
    ],
    [
        "evidence_too_many",
        "憑證數量已達上限",
        "這裡已經有 {at_most} 份，不能再加了。多張圖片可以合成一份 PDF 再上傳。",
    ],
    [
        "mail_unreadable",
        "這封郵件讀不出來",
        "它沒有郵件標頭、標頭沒有結束，或者沒有傳完整，所以什麼都沒有保存。請把郵件原樣再送出一次。",
    ],
    [
        "mail_too_large",
        "郵件太大了",
        "一封郵件最多 {limit_mebibytes} MiB。請買家分幾封寄來，或者把檔案作為憑證加到售後單裡。",
    ],
    [
        "mail_too_many_parts",
        "郵件的組成部分太多",
        "一封郵件最多 {at_most} 個部分，層層巢狀也有限度，所以什麼都沒有保存。請寄件人寄一封普通的郵件。",
    ],
    [
        "mail_settled",
        "已經有人先處理了",
        "這封郵件的去向已經定了，這次什麼都沒有做。請重新開啟郵件，看看是誰、怎樣處理的。",
    ],
    [
        "blobs_unavailable",
        "檔案暫時無法存取",
        "這次沒有儲存任何內容。請稍後再試；如果一直這樣，請把請求編號告訴系統管理員。",
    ],
    [
        "store_unavailable",
        "系統暫時連不上資料",
        "剛才的操作沒有執行，已有的資料不受影響。請稍後重試；持續出現時，請把請求編號告訴管理員。",
    ],
    [
        "store_locked",
        "系統正忙",
        "另一項操作還沒有完成，剛才的操作沒有執行。請稍等幾秒再試。",
    ],
    [
        "store_full",
        "儲存空間不足",
        "剛才的操作沒有儲存。請聯絡管理員清理或擴充磁碟空間後再試。",
    ],
    [
        "store_schema",
        "系統正在升級",
        "資料與程式的版本還不一致，暫時不能使用。請稍後再試；持續出現時，請聯絡管理員完成升級。",
    ],
    [
        "store_corrupt",
        "有資料讀不出來",
        "為了不出錯，這次沒有繼續。請把請求編號告訴管理員，請他執行 amends verify 檢查。",
    ],
    [
        "store_database",
        "系統出了點問題",
        "剛才的操作沒有執行。請稍後重試；再次出現時，請把請求編號告訴管理員。",
    ],
    [
        "inconsistent",
        "有資料對不上",
        "為了不出錯，這次沒有繼續。請把請求編號告訴管理員，請他執行 amends verify 檢查。",
    ],
];
