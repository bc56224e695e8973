//! Simplified Chinese: everything else that goes wrong.
//!
//! Must not know: who asked. Tests: `texts/tests.rs`.

use super::super::Entry;

pub(super) const FAULTS: &[Entry] = &[
    [
        "unauthenticated",
        "请先登录",
        "您还没有登录，或者登录已经过期。请重新登录；程序调用的，请检查令牌是否已经到期或作废。",
    ],
    [
        "wrong_password",
        "账号或密码不对",
        "请检查大小写后再试一次。忘记密码的话，请联系店主重设。",
    ],
    [
        "too_many_attempts",
        "尝试太频繁了",
        "为了账号安全，请 {retry_after_seconds} 秒后再试。忘记密码的话，请联系店主重设。",
    ],
    [
        "forbidden",
        "您没有这项权限",
        "当前角色是“{role}”，不能使用这项功能。工作需要的话，请联系店主调整角色。",
    ],
    [
        "link_tampered",
        "链接打不开",
        "链接不完整，或者被改动过。请回到店铺发给您的消息，重新点开原来的链接；还是打不开，请联系客服。",
    ],
    [
        "link_expired",
        "链接已经过期",
        "为了保护您的信息，链接过一段时间会失效。请联系客服，重新发一个给您。",
    ],
    [
        "not_found",
        "没有找到这{what}",
        "编号可能有误，或者它不属于当前店铺。请核对编号后再试。",
    ],
    [
        "invalid",
        "有一项填写不符合要求",
        "“{field}”没有通过检查（{reason}）。请改好这一项再提交。",
    ],
    [
        "invalid.empty",
        "有一项没有填",
        "“{field}”不能为空。请填好后再提交。",
    ],
    [
        "invalid.too_long",
        "有一项太长了",
        "“{field}”最多 {chars_max} 个字。请删短后再提交。",
    ],
    [
        "invalid.length",
        "有一项没有填好",
        "“{field}”要有 1 到 {chars_max} 个字。请修改后再提交。",
    ],
    [
        "invalid.null",
        "有一项含有无法保存的字符",
        "“{field}”里有看不见的字符 U+0000。请重新输入这段文字再提交。",
    ],
    [
        "invalid.password",
        "密码太短或太长",
        "“{field}”至少 {chars_min} 个字，最多 {bytes_max} 个字节。请换一个密码。",
    ],
    [
        "invalid.file_name",
        "文件名不能用",
        "“{field}”要有 1 到 {chars_max} 个字，不能含有斜杠和控制字符。请改名后再上传。",
    ],
    [
        "invalid.before",
        "时间先后不对",
        "“{field}”早于“{earlier}”，顺序反了。请核对这两个时间后再提交。",
    ],
    [
        "invalid.twice",
        "有一项重复了",
        "“{field}”：{value} 在这次导入中出现了两次。请去掉一个再提交。",
    ],
    [
        "invalid.no_handler",
        "请选择处理售后的成员",
        "这位成员不处理售后，或者账号已经停用。请改选客服、主管、经理或店主。",
    ],
    [
        "invalid.no_writer",
        "请说明这封邮件是谁的",
        "按发件地址找不到买家，或者不止一位。请指定相关的订单，或者指定买家。",
    ],
    [
        "invalid.no_calendar",
        "没有这份日历",
        "没有名为“{value}”的日历。可以用的有：{known}。请改选一份；留空则按周一至周五算工作日。",
    ],
    [
        "order_invalid.lines",
        "订单的商品行数不对",
        "一笔订单要有 1 到 {max} 行商品，这笔有 {lines} 行。请核对后重新导入。",
    ],
    [
        "order_invalid.units",
        "商品件数不对",
        "每行商品要有 1 到 {max} 件，“{sku}”填的是 {units} 件。请核对后重新导入。",
    ],
    [
        "order_invalid.currencies",
        "一笔订单只能用一种币种",
        "订单里同时有 {one} 和 {other}。请统一币种后重新导入。",
    ],
    [
        "order_invalid.discount",
        "优惠比商品金额还高",
        "优惠是 {discount}，商品金额只有 {of}。请核对优惠后重新导入。",
    ],
    [
        "order_invalid.too_large",
        "订单总额超过了上限",
        "这笔订单的总额太大，系统无法准确记账。请拆成几笔订单再导入。",
    ],
    [
        "order_invalid.paid",
        "实付金额对不上",
        "填写的实付是 {paid}，按商品、优惠和运费计算应为 {computed}。请核对后重新导入。",
    ],
    [
        "order_differs",
        "订单号重复，内容却不同",
        "订单 {number} 已经导入过，商品或金额与这次不一样。请核对订单号；商品和金额导入后不能更改。",
    ],
    [
        "taken",
        "这个名称已经有人用了",
        "同名的已经存在。请换一个再提交。",
    ],
    [
        "oneself",
        "不能对自己这样操作",
        "为免把自己锁在外面，这一步要由另一位店主来做。请找他，或者先添加一位店主。",
    ],
    [
        "other_shops",
        "这个账号不只属于本店",
        "这个人也在别的店铺工作。请改为取消他在本店的角色，或者请他本人修改。",
    ],
    [
        "violation",
        "这段话不能发给买家",
        "“{words}”会被平台认定为违规（{violation}），扣 {points} 分，没有发出。请改写后再发：先理解买家，再说能办什么、什么时候办好。",
    ],
    [
        "violation.service_refused",
        "不能这样拒绝售后",
        "“{words}”等于拒绝正常售后，会被平台认定为违规（{violation}），扣 {points} 分，没有发出。请改写：说清原因和依据，再告诉买家还能怎么办，例如换一种方案，或者申请平台介入。",
    ],
    [
        "violation.fake_dispatch",
        "发货不能以好评为条件",
        "“{words}”把发货和好评绑在了一起，会被平台认定为违规（{violation}），扣 {points} 分，没有发出。请改写：直接告诉买家什么时候发货；评价等他收到货后自己决定。",
    ],
    [
        "violation.review_demanded",
        "售后不能以改评、删评为条件",
        "“{words}”把售后和评价绑在了一起，会被平台认定为违规（{violation}），扣 {points} 分，没有发出。请改写：先把该办的办好，并告诉买家办好的时间；评价改不改，由他自己决定。",
    ],
    [
        "key_reused",
        "幂等键重复使用",
        "同一个幂等键（Idempotency-Key）之前用在了另一个请求上，为避免重复处理，这次没有执行。请换一个新的键再提交。",
    ],
    [
        "idempotency_key_required",
        "缺少幂等键",
        "为了避免重复提交造成重复退款，这类请求要带 Idempotency-Key 请求头。请为每次操作生成一个新的键，重试时沿用同一个。",
    ],
    [
        "if_match_required",
        "缺少版本号",
        "处理售后单前，要确认您看到的是最新情况。请先读取售后单，把返回的 ETag 原样放进 If-Match 请求头再提交。",
    ],
    [
        "unknown_route",
        "没有这个地址",
        "地址可能写错了，或者编号不完整。请对照接口文档 /api/v1/openapi.json 检查。",
    ],
    [
        "wrong_method",
        "请求方法不对",
        "这个地址不支持这种请求方法。请对照接口文档 /api/v1/openapi.json 检查。",
    ],
    [
        "malformed_json",
        "提交的内容不是有效的 JSON",
        "解析时出错：{reason}。请检查格式后重新提交。",
    ],
    [
        "body_too_large",
        "提交的内容太大",
        "一次最多提交 {limit_bytes} 字节。请分几次提交。",
    ],
    [
        "wrong_content_type",
        "内容类型不对",
        "这里只接受 JSON。请把请求头 Content-Type 设为 application/json。",
    ],
    [
        "mail_expected",
        "这里只接受邮件",
        "请把收到的邮件原样提交，请求头 Content-Type 设为 message/rfc822。",
    ],
    [
        "cookie_needs_json",
        "请求被拦下了",
        "为防止其他网站冒用您的登录，浏览器提交时要用 JSON。请把请求头 Content-Type 设为 application/json。",
    ],
    [
        "cross_site",
        "请求被拦下了",
        "这个请求来自另一个网站，为了您的账号安全没有执行。请回到本店的页面操作。",
    ],
    [
        "too_many_at_once",
        "同时打开的太多了",
        "您在其他窗口或程序里已经开着 {at_most} 个。请先关掉一个，再试一次。",
    ],
    [
        "loopback_only",
        "只能在本机使用",
        "拨动时钟只用于演示和测试，只接受来自同一台机器的请求。请在运行服务的机器上操作。",
    ],
    [
        "busy",
        "现在请求太多",
        "您的操作还没有执行。请稍等片刻再试；用同一个幂等键重试，不会重复处理。",
    ],
    [
        "evidence_type",
        "这个文件无法作为凭证",
        "提交时注明的是 {declared}，实际内容是 {found}。支持 JPEG、PNG、WebP、GIF、HEIC 图片，MP4、MOV 视频，PDF 和 UTF-8 文本，类型须与内容一致。请换一个文件，或改选凭证类型。",
    ],
    [
        "evidence_too_large",
        "文件太大了",
        "这类文件最大 {limit_mebibytes} MiB。请压缩一下，视频可以只留关键部分，再重新上传。",
    ],
    [
        "evidence_cut_off",
        "文件没有传完整",
        "文件结尾缺失，因此没有保存。请先确认文件能正常打开，再重新上传。",
    ],
    [
        "evidence_too_many",
        "凭证数量已到上限",
        "这里已经有 {at_most} 份，不能再加了。多张图片可以合成一份 PDF 再上传。",
    ],
    [
        "mail_unreadable",
        "这封邮件读不出来",
        "它没有邮件头、邮件头没有结束，或者没有传完整，所以什么都没有保存。请把邮件原样再提交一次。",
    ],
    [
        "mail_too_large",
        "邮件太大了",
        "一封邮件最多 {limit_mebibytes} MiB。请买家分几封发来，或者把文件作为凭证加到售后单里。",
    ],
    [
        "mail_too_many_parts",
        "邮件的组成部分太多",
        "一封邮件最多 {at_most} 个部分，层层嵌套也有限度，所以什么都没有保存。请发件人发一封普通的邮件。",
    ],
    [
        "mail_settled",
        "已经有人先处理了",
        "这封邮件的去向已经定了，这次什么都没有做。请重新打开邮件，看看是谁、怎样处理的。",
    ],
    [
        "blobs_unavailable",
        "文件暂时无法存取",
        "这次没有保存任何内容。请稍后再试；如果一直这样，请把请求编号告诉系统管理员。",
    ],
    [
        "store_unavailable",
        "系统暂时连不上数据",
        "刚才的操作没有执行，已有的数据不受影响。请稍后重试；持续出现时，请把请求编号告诉管理员。",
    ],
    [
        "store_locked",
        "系统正忙",
        "另一项操作还没有完成，刚才的操作没有执行。请稍等几秒再试。",
    ],
    [
        "store_full",
        "存储空间不足",
        "刚才的操作没有保存。请联系管理员清理或扩充磁盘空间后再试。",
    ],
    [
        "store_schema",
        "系统正在升级",
        "数据与程序的版本还不一致，暂时不能使用。请稍后再试；持续出现时，请联系管理员完成升级。",
    ],
    [
        "store_corrupt",
        "有数据读不出来",
        "为了不出错，这次没有继续。请把请求编号告诉管理员，请他运行 amends verify 检查。",
    ],
    [
        "store_database",
        "系统出了点问题",
        "刚才的操作没有执行。请稍后重试；再次出现时，请把请求编号告诉管理员。",
    ],
    [
        "inconsistent",
        "有数据对不上",
        "为了不出错，这次没有继续。请把请求编号告诉管理员，请他运行 amends verify 检查。",
    ],
];
