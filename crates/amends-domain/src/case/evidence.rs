//! Kinds of evidence 凭证 (DSP-1), as far as a case names them: what its buyer is asked to show.
//!
//! Must not know: how a piece is kept. Tests: `tests/it/finding.rs`.

use serde::{Deserialize, Serialize};

/// What a piece shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// A photo of the goods 实物照片.
    Photo,
    /// A video of unboxing or use 开箱或使用视频.
    Video,
    /// A whole chat 聊天记录.
    ChatRecord,
    /// The listing as it was: specification, terms 商品页快照.
    ListingSnapshot,
    /// A photo of how it was packed 包装照片.
    PackingPhoto,
    /// A report of a test, or of authenticity 检测或鉴定报告.
    TestReport,
    /// A letter of authorisation 授权书.
    Authorization,
    /// What the carrier recorded of a parcel's way 物流轨迹.
    LogisticsTrace,
    /// The check before dispatch, photographed or filmed 发货前检查.
    DispatchCheck,
    /// Something else.
    Other,
}

impl EvidenceKind {
    /// Every kind.
    pub const ALL: &[EvidenceKind] = &[
        Self::Photo,
        Self::Video,
        Self::ChatRecord,
        Self::ListingSnapshot,
        Self::PackingPhoto,
        Self::TestReport,
        Self::Authorization,
        Self::LogisticsTrace,
        Self::DispatchCheck,
        Self::Other,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Video => "video",
            Self::ChatRecord => "chat_record",
            Self::ListingSnapshot => "listing_snapshot",
            Self::PackingPhoto => "packing_photo",
            Self::TestReport => "test_report",
            Self::Authorization => "authorization",
            Self::LogisticsTrace => "logistics_trace",
            Self::DispatchCheck => "dispatch_check",
            Self::Other => "other",
        }
    }

    /// The kind of a code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// Whether it is counted as a picture of the goods.
    pub(crate) fn is_picture(self) -> bool {
        matches!(self, Self::Photo | Self::Video)
    }
}
