import { picture, slide } from "../nouns.ts";
import { plural } from "../plural.ts";

/** The marks keep a name in the order in which it was written. */
const quote = (name: string): string => `«\u2068${name}\u2069»`;

/** Decks that hosts have brought along. */
export const decks = {
  heading: "العروض",
  none: "لم تُحضر أي عرض بعد.",
  kinds: { markdown: "Markdown", pdf: "PDF" },
  pages: (count: number) => plural(count, slide),
  uploading: "لم يكتمل بعد",
  isUploading: "في الطريق",
  goOn: "متابعة…",
  goOnOf: (title: string) => `متابعة ${title}`,
  newTalk: "محاضرة جديدة",
  newTalkOf: (title: string) => `محاضرة جديدة مع ${title}`,
  upload: {
    heading: "إحضار عرض",
    text: "ملف PDF، أو ملف Markdown مع صوره: اخترها معًا، أو أفلتها هنا. من PowerPoint أو Keynote أو Google Slides، صدّر بصيغة PDF.",
    choose: "اختيار الملفات…",
    wanted: (title: string) => `اختر ملف ${quote(title)} مرة أخرى: لا يُرسل إلا ما ينقص.`,
    notWanted: "عرض آخر بدلًا منه",
    title: "العنوان",
    chosen: (facts: string) => `هذا مناسب: ${facts}.`,
    pictures: (count: number) => plural(count, picture),
    send: "رفع",
    notThis: "ليس هذا",
    reading: "جارٍ فحصه…",
    sending: (title: string) => `جارٍ رفع ${quote(title)}…`,
    waiting: "في انتظار الشبكة. يُتابَع تلقائيًا.",
    finishing: "أوشك على الانتهاء…",
    stopping: "جارٍ الإيقاف…",
    progress: (sent: string, total: string) => `${sent} من ${total}`,
    percent: (percent: number) =>
      `رُفع ${(percent / 100).toLocaleString("ar-u-nu-latn", { style: "percent" })}`,
    hint: "أبقِ هذه الصفحة مفتوحة. إن أُغلقت، فاختر الملف نفسه مرة أخرى: يُتابَع من حيث توقف.",
    cancel: "إلغاء",
    cancelled: "أُلغي الرفع. لم يُحتفظ بشيء منه.",
    stopped: "أُوقف الرفع. يُزال ما أُرسل خلال يوم، أو احذفه أدناه.",
    done: (title: string) => `${quote(title)} جاهز.`,
    notValid: (detail: string) => `لا يمكن عرض هذا بعد: ${detail}. غيّر ذلك، ثم حاول مجددًا.`,
    refused: {
      unknown: (file: string) => `${quote(file)} ليس PDF ولا Markdown. صدّره بصيغة PDF، واختر ذلك الملف.`,
      presentation: (file: string) =>
        `${quote(file)} عرض تقديمي لا يفتحه إلا برنامجه. صدّره هناك بصيغة PDF، واختر ذلك الملف.`,
      several: () => "عرض واحد في كل مرة: اختر ملف PDF واحدًا، أو ملف Markdown واحدًا مع صوره.",
      noText: () => "هذه صور فقط. اختر أيضًا ملف Markdown الذي يعرضها.",
      empty: (file: string) => `${quote(file)} فارغ. اختر ملفًا آخر.`,
      unreadable: (file: string) => `تعذّرت قراءة ${quote(file)}. إن نُقل أو تغيّر، فاختره مرة أخرى.`,
      notPdf: (file: string) =>
        `${quote(file)} يُسمّى PDF وليس كذلك. صدّره مرة أخرى بصيغة PDF، واختر ذلك الملف.`,
      broken: (file: string) => `${quote(file)} تالف. صدّره مرة أخرى بصيغة PDF، واختر ذلك الملف.`,
      protected: (file: string) => `${quote(file)} محمي. صدّره دون كلمة مرور، واختر ذلك الملف.`,
      missing: () =>
        "تعذّر تحميل قارئ ملفات PDF. تحقق من اتصالك، وحمّل هذه الصفحة مرة أخرى، ثم اختر الملف من جديد.",
      large: (file: string) => `${quote(file)} أكبر من 100 MB. صدّره بصور أصغر، واختر ذلك الملف.`,
      manyPages: (file: string) => `في ${quote(file)} أكثر من 300 صفحة. قسّمه، وأحضر الأجزاء واحدًا تلو الآخر.`,
      largeText: (file: string) =>
        `في ${quote(file)} أكثر من 1 MB من النص. قسّمه، وأحضر الأجزاء واحدًا تلو الآخر.`,
      manyPictures: () => "هذه أكثر من 100 صورة. استغنِ عن بعضها، واخترها مرة أخرى.",
      noPicture: (file: string) =>
        `${quote(file)} ليس صورة يمكن عرضها. احفظه بصيغة PNG أو JPEG أو GIF أو WebP أو AVIF.`,
      largePicture: (file: string) => `${quote(file)} أكبر من 10 MB. صغّره، واختره مرة أخرى.`,
      pictureName: (file: string) =>
        `لا يصلح ${quote(file)} اسمًا. غيّره، هناك وفي Markdown، بأحرف وأرقام و«-» و«_» و«.» فقط.`,
      otherFile: (title: string) =>
        `هذا ليس ملف ${quote(title)}. اختر ذلك الملف، أو احذف العرض أدناه وأحضر الجديد.`,
    },
    write: {
      open: "كتابة الشرائح",
      close: "ليس الآن",
      field: "الشرائح، بصيغة Markdown",
      hint: "ثلاث شرطات بين سطرين فارغين تبدأ الشريحة التالية. ما تكتبه يُحفظ في هذا المتصفح حتى يُنشأ العرض.",
      file: "شرائحي.md",
      save: "إنشاء العرض",
      example: `# محاضرتي

من أنا، وعمّ سأتحدث

---

## ثلاثة أمور

- الأول
- الثاني
- الثالث

Note: لا يرى هذا سواك.

---

## ما رأيك؟

\`\`\`revint-choice opinion
هل توافق؟
- نعم
- لا
- لا أعرف بعد
\`\`\`
`,
    },
  },
  open: "فتح",
  openOf: (title: string) => `فتح ${title}`,
  rename: "إعادة تسمية…",
  renameOf: (title: string) => `إعادة تسمية ${title}`,
  renamed: "للعرض عنوان جديد.",
  edit: { title: "إعادة تسمية العرض", field: "العنوان" },
  remove: "حذف…",
  removeOf: (title: string) => `حذف ${title}`,
  ask: {
    title: (title: string) => `حذف ${quote(title)}؟`,
    text: "يزول العرض وصوره نهائيًا. والمحاضرات التي تعرضه تستمر دون عرض.",
    confirm: "حذف العرض",
  },
  removed: (title: string) => `حُذف ${quote(title)}.`,
} as const;
