/** So much of an answer is said where something is said of it. */
const SPOKEN = 40;

/** What is said of open answers where they are read. */
export const texts = {
  title: "إجابات مفتوحة",
  onBoard: "إجابات مفتوحة على اللوحة",
  notRead: "لا يمكن قراءة الإجابات الآن.",
  nothing: "لا إجابات بعد.",
  more: "قراءة المزيد",
  all: "قراءتها كاملة",
  less: "عرض أقل",
  again: "قراءتها مجددًا",
  takeOut: "إخراج",
  putBack: "إعادة",
  block: "حظر…",
  askBlock: {
    title: "حظر من كتب هذا؟",
    text: "لا يُقبل منه شيء بعد الآن. يُخرج ما كتبه، ويُزال من العدّادات ما أرسله وما صوّت له.",
    confirm: "حظره",
  },
  blocked: (text: string) => `حُظر من كتب: ${text.slice(0, SPOKEN)}`,
  undo: "تراجع",
  notBlocked: "كتب شيئًا آخر منذ ذلك الحين، أو مُحي اسمه. انظر إلى القائمة مرة أخرى.",
  of: (action: string, text: string) => `${action}: ${text.slice(0, SPOKEN)}`,
} as const;
