<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar">
<context>
    <name>ActWords</name>
    <message>
        <source>%1: %2</source>
        <translation>⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>Ask for the right to read it, and look again</source>
        <translation>اطلب إذن قراءته ثم افحص مجددًا</translation>
    </message>
    <message>
        <source>Check the connection and try again</source>
        <translation>تحقق من الاتصال وحاول مرة أخرى</translation>
    </message>
    <message>
        <source>Correct the line in pyproject.toml; it is read again by itself</source>
        <translation>صحّح السطر في pyproject.toml، وسيُقرأ من جديد تلقائيًا</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>تنزيل</translation>
    </message>
    <message>
        <source>Reading versions: %1</source>
        <translation>قراءة الإصدارات: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Try again; if it happens again, the package source serves a damaged file</source>
        <translation>حاول مرة أخرى؛ فإن تكرر الأمر فمصدر الحزم يقدّم ملفًا تالفًا</translation>
    </message>
    <message numerus="yes">
        <source>new, %n package(s)</source>
        <translation>
            <numerusform>جديد، بلا حزم</numerusform>
            <numerusform>جديد، حزمة واحدة</numerusform>
            <numerusform>جديد، حزمتان</numerusform>
            <numerusform>جديد، %Ln حزم</numerusform>
            <numerusform>جديد، %Ln حزمة</numerusform>
            <numerusform>جديد، %Ln حزمة</numerusform>
        </translation>
    </message>
    <message>
        <source>while reading versions of %1</source>
        <translation>أثناء قراءة إصدارات ⁨%1⁩</translation>
    </message>
    <message>
        <source>“%1” cannot be read: access is denied</source>
        <translation>تتعذّر قراءة «⁨%1⁩»: الوصول مرفوض</translation>
    </message>
    <message>
        <source>“%1” did not answer: no connection to the network</source>
        <translation>لم يُجب «⁨%1⁩»: لا اتصال بالشبكة</translation>
    </message>
    <message>
        <source>“%1” is not a requirement: a version is missing after “&gt;=”</source>
        <translation>«⁨%1⁩» ليس متطلبًا: ينقص إصدار بعد «&gt;=»</translation>
    </message>
    <message>
        <source>“%1” is not the file the index names</source>
        <translation>«⁨%1⁩» ليس الملف الذي يذكره الفهرس</translation>
    </message>
</context>
<context>
    <name>CheckWords</name>
    <message>
        <source>Check of %1</source>
        <translation>فحص ⁨%1⁩</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>فشل</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>نجح</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>تُخطّي</translation>
    </message>
    <message>
        <source>Works, with a caveat</source>
        <translation>يعمل مع تحفّظ</translation>
    </message>
</context>
<context>
    <name>ComputerWords</name>
    <message>
        <source>%1: %2</source>
        <comment>a GPU: why it cannot be used</comment>
        <translation>⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>Looking for GPUs…</source>
        <translation>البحث عن معالجات الرسوميات…</translation>
    </message>
    <message>
        <source>No GPU found, builds for the CPU will be used</source>
        <translation>لم يُعثر على معالج رسوميات، ستُستخدم حزم المعالج المركزي</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>لم يُفحص بعد</translation>
    </message>
    <message>
        <source>Not looked at: cancelled</source>
        <translation>لم يُفحص: أُلغي</translation>
    </message>
    <message>
        <source>compute capability %1</source>
        <translation>القدرة الحسابية ⁨%1⁩</translation>
    </message>
    <message>
        <source>driver %1</source>
        <translation>برنامج التشغيل ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>PlanWords</name>
    <message>
        <source>%1 measured</source>
        <comment>size of a download</comment>
        <translation>⁨%1⁩ بالقياس</translation>
    </message>
    <message>
        <source>%1 to download</source>
        <translation>⁨%1⁩ للتنزيل</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a file; what happens to it</comment>
        <translation>⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) of unknown size</source>
        <translation>
            <numerusform>بلا تنزيلات مجهولة الحجم</numerusform>
            <numerusform>تنزيل واحد مجهول الحجم</numerusform>
            <numerusform>تنزيلان مجهولا الحجم</numerusform>
            <numerusform>%Ln تنزيلات مجهولة الحجم</numerusform>
            <numerusform>%Ln تنزيلًا مجهول الحجم</numerusform>
            <numerusform>%Ln تنزيل مجهول الحجم</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) to write, the environment stays as it is</source>
        <translation>
            <numerusform>لا ملفات للكتابة، وتبقى البيئة كما هي</numerusform>
            <numerusform>ملف واحد للكتابة، وتبقى البيئة كما هي</numerusform>
            <numerusform>ملفان للكتابة، وتبقى البيئة كما هي</numerusform>
            <numerusform>%Ln ملفات للكتابة، وتبقى البيئة كما هي</numerusform>
            <numerusform>%Ln ملفًا للكتابة، وتبقى البيئة كما هي</numerusform>
            <numerusform>%Ln ملف للكتابة، وتبقى البيئة كما هي</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n package(s) to install</source>
        <translation>
            <numerusform>لا حزم للتثبيت</numerusform>
            <numerusform>حزمة واحدة للتثبيت</numerusform>
            <numerusform>حزمتان للتثبيت</numerusform>
            <numerusform>%Ln حزم للتثبيت</numerusform>
            <numerusform>%Ln حزمة للتثبيت</numerusform>
            <numerusform>%Ln حزمة للتثبيت</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to change</source>
        <translation>
            <numerusform>لا شيء للتغيير</numerusform>
            <numerusform>واحدة للتغيير</numerusform>
            <numerusform>اثنتان للتغيير</numerusform>
            <numerusform>%Ln للتغيير</numerusform>
            <numerusform>%Ln للتغيير</numerusform>
            <numerusform>%Ln للتغيير</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to remove</source>
        <translation>
            <numerusform>لا شيء للإزالة</numerusform>
            <numerusform>واحدة للإزالة</numerusform>
            <numerusform>اثنتان للإزالة</numerusform>
            <numerusform>%Ln للإزالة</numerusform>
            <numerusform>%Ln للإزالة</numerusform>
            <numerusform>%Ln للإزالة</numerusform>
        </translation>
    </message>
    <message>
        <source>Add</source>
        <comment>a package</comment>
        <translation>إضافة</translation>
    </message>
    <message>
        <source>Again</source>
        <comment>install the same version anew</comment>
        <translation>إعادة</translation>
    </message>
    <message>
        <source>An empty environment to make</source>
        <translation>ستُنشأ بيئة فارغة</translation>
    </message>
    <message>
        <source>Backend</source>
        <comment>another build of the same package</comment>
        <translation>الخلفية</translation>
    </message>
    <message>
        <source>Do</source>
        <translation>الإجراء</translation>
    </message>
    <message>
        <source>Down</source>
        <comment>to an older version</comment>
        <translation>خفض</translation>
    </message>
    <message>
        <source>From</source>
        <translation>من</translation>
    </message>
    <message>
        <source>Nothing to do: the environment is as the project wants it</source>
        <translation>لا شيء يُفعل: البيئة كما يريدها المشروع</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>الحزمة</translation>
    </message>
    <message>
        <source>Plan for %1</source>
        <translation>خطة ⁨%1⁩</translation>
    </message>
    <message>
        <source>PyTorch %1</source>
        <translation>⁦PyTorch %1⁩</translation>
    </message>
    <message>
        <source>PyTorch %1 from %2</source>
        <comment>from a mirror</comment>
        <translation>PyTorch ⁨%1⁩ من ⁨%2⁩</translation>
    </message>
    <message>
        <source>Remove</source>
        <comment>a package</comment>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>الحجم</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>المصدر</translation>
    </message>
    <message>
        <source>To</source>
        <translation>إلى</translation>
    </message>
    <message>
        <source>Up</source>
        <comment>to a newer version</comment>
        <translation>رفع</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>السبب</translation>
    </message>
    <message>
        <source>in the cache</source>
        <translation>في الذاكرة المخبئية</translation>
    </message>
    <message>
        <source>nothing to download</source>
        <translation>لا شيء للتنزيل</translation>
    </message>
    <message>
        <source>unknown size</source>
        <translation>حجم مجهول</translation>
    </message>
</context>
<context>
    <name>Screenshots</name>
    <message>
        <source>The folder “%1” could not be made</source>
        <translation>تعذّر إنشاء المجلد «⁨%1⁩»</translation>
    </message>
    <message>
        <source>“%1” could not be written</source>
        <translation>تعذّرت كتابة «⁨%1⁩»</translation>
    </message>
</context>
<context>
    <name>StageWords</name>
    <message>
        <source>A product of two matrices came out right</source>
        <translation>جاء ضرب مصفوفتين بنتيجة صحيحة</translation>
    </message>
    <message>
        <source>A product of two matrices on the CPU came out right</source>
        <translation>جاء ضرب مصفوفتين على المعالج المركزي بنتيجة صحيحة</translation>
    </message>
    <message>
        <source>Ask for any version of “torch”</source>
        <translation>اطلب أي إصدار من «torch»</translation>
    </message>
    <message>
        <source>Because speech-demo needs torchaudio 2.9.1, which needs torch 2.9.1, and speech-demo needs torch &lt;2.9, your requirements cannot be met</source>
        <translation>لأن speech-demo يحتاج إلى torchaudio 2.9.1 الذي يحتاج إلى torch 2.9.1، ولأن speech-demo يحتاج إلى torch &lt;2.9، لا يمكن تلبية متطلباتك</translation>
    </message>
    <message>
        <source>It can use the memory of the GPU</source>
        <translation>يستطيع استخدام ذاكرة معالج الرسوميات</translation>
    </message>
    <message>
        <source>It does not see the GPU: the driver is too old for CUDA 12.9</source>
        <translation>لا يرى معالج الرسوميات: برنامج التشغيل أقدم مما يلزم CUDA 12.9</translation>
    </message>
    <message>
        <source>It sees NVIDIA GeForce RTX 3060, compute capability 8.6</source>
        <translation>يرى NVIDIA GeForce RTX 3060، القدرة الحسابية 8.6</translation>
    </message>
    <message>
        <source>It was built for CUDA 12.9</source>
        <translation>بُني من أجل CUDA 12.9</translation>
    </message>
    <message>
        <source>It was built for the CPU only, and this computer has a GPU</source>
        <translation>بُني للمعالج المركزي فقط، وفي هذا الحاسوب معالج رسوميات</translation>
    </message>
    <message>
        <source>No GPU to look for in a build for the CPU</source>
        <translation>لا معالج رسوميات يُبحث عنه في حزمة للمعالج المركزي</translation>
    </message>
    <message>
        <source>No version of torch is both 2.9.1 and &lt;2.9</source>
        <translation>لا إصدار من torch يحقق 2.9.1 و&lt;2.9 معًا</translation>
    </message>
    <message>
        <source>Set requires-python to “&gt;=3.11”</source>
        <translation>اضبط requires-python على «&gt;=3.11»</translation>
    </message>
    <message>
        <source>Skipped, because no GPU was seen</source>
        <translation>تُخطّي لأن معالج الرسوميات لم يُرَ</translation>
    </message>
    <message>
        <source>in 1.9 seconds</source>
        <translation>في 1.9 ثانية</translation>
    </message>
    <message>
        <source>in 3 milliseconds</source>
        <translation>في 3 ميلي ثانية</translation>
    </message>
    <message>
        <source>numpy goes down from 2.3.1 to 2.1.3, because numba 0.60.0 needs numpy &lt;2.2</source>
        <translation>ينخفض numpy من 2.3.1 إلى 2.1.3، لأن numba 0.60.0 يحتاج إلى numpy &lt;2.2</translation>
    </message>
    <message>
        <source>speech-demo needs torch 2.9.1</source>
        <translation>يحتاج speech-demo إلى torch 2.9.1</translation>
    </message>
    <message>
        <source>speech-demo needs torch &lt;2.9</source>
        <translation>يحتاج speech-demo إلى torch &lt;2.9</translation>
    </message>
    <message>
        <source>speech-demo needs torchaudio 2.9.1</source>
        <translation>يحتاج speech-demo إلى torchaudio 2.9.1</translation>
    </message>
    <message>
        <source>torch 2.9.1+cu129 imports</source>
        <translation>يُستورد torch 2.9.1+cu129</translation>
    </message>
    <message>
        <source>torch changes its build from 2.9.0+cpu to 2.9.1+cu129</source>
        <translation>يبدّل torch بناءه من 2.9.0+cpu إلى 2.9.1+cu129</translation>
    </message>
    <message>
        <source>torch does not see the GPU</source>
        <translation>لا يرى torch معالج الرسوميات</translation>
    </message>
    <message>
        <source>torch sees NVIDIA GeForce RTX 3060 and computes correctly on it</source>
        <translation>يرى torch معالج NVIDIA GeForce RTX 3060 ويحسب عليه حسابًا صحيحًا</translation>
    </message>
    <message>
        <source>torch works on the CPU only, although this computer has NVIDIA GeForce RTX 3060</source>
        <translation>يعمل torch على المعالج المركزي فقط، مع أن في هذا الحاسوب NVIDIA GeForce RTX 3060</translation>
    </message>
    <message>
        <source>torchaudio 2.9.1 needs torch 2.9.1</source>
        <translation>يحتاج torchaudio 2.9.1 إلى torch 2.9.1</translation>
    </message>
    <message>
        <source>you asked</source>
        <translation>طلبتها أنت</translation>
    </message>
    <message>
        <source>your requirements cannot be met</source>
        <translation>لا يمكن تحقيق متطلباتك</translation>
    </message>
</context>
<context>
    <name>StepWords</name>
    <message>
        <source>Cancel leaves everything as it was.</source>
        <translation>الإلغاء يترك كل شيء كما كان.</translation>
    </message>
    <message>
        <source>Check Now</source>
        <translation>افحص الآن</translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation>لا مشروع مفتوح</translation>
    </message>
    <message>
        <source>Nothing has been changed yet.</source>
        <translation>لم يتغيّر شيء بعد.</translation>
    </message>
    <message>
        <source>Review Plan…</source>
        <translation>راجع الخطة…</translation>
    </message>
    <message>
        <source>Still looking for GPUs</source>
        <translation>ما زال البحث عن معالجات الرسوميات جاريًا</translation>
    </message>
    <message>
        <source>Still working out versions</source>
        <translation>ما زال تحديد الإصدارات جاريًا</translation>
    </message>
    <message>
        <source>The environment is as the project wants it.</source>
        <translation>البيئة كما يريدها المشروع.</translation>
    </message>
    <message>
        <source>The environment is being checked</source>
        <translation>يجري فحص البيئة</translation>
    </message>
    <message>
        <source>The plan is being carried out</source>
        <translation>يجري تنفيذ الخطة</translation>
    </message>
    <message>
        <source>The project is still being read</source>
        <translation>ما زالت قراءة المشروع جارية</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>حاول مرة أخرى</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>%1 %</source>
        <extracomment>A share in per cent, as in "45 %"</extracomment>
        <translation>⁨%1⁩ %</translation>
    </message>
    <message>
        <source>%1 left</source>
        <comment>time</comment>
        <translation>بقي ⁨%1⁩</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>bytes of a download</comment>
        <translation>⁨%1⁩ من ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1/s</source>
        <comment>speed of a download</comment>
        <translation>⁨%1⁩/ث</translation>
    </message>
    <message>
        <source>(dynamic)</source>
        <translation>(ديناميكي)</translation>
    </message>
    <message>
        <source>Choose one of %1</source>
        <translation>اختر واحدًا من ⁨%1⁩</translation>
    </message>
    <message>
        <source>Write one of %1</source>
        <translation>اكتب واحدًا من ⁨%1⁩</translation>
    </message>
    <message>
        <source>Write “%1”</source>
        <translation>اكتب «⁨%1⁩»</translation>
    </message>
    <message>
        <source>a few seconds</source>
        <translation>ثوانٍ قليلة</translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s)</source>
        <translation>
            <numerusform>أقل من ساعة</numerusform>
            <numerusform>نحو ساعة</numerusform>
            <numerusform>نحو ساعتين</numerusform>
            <numerusform>نحو %Ln ساعات</numerusform>
            <numerusform>نحو %Ln ساعة</numerusform>
            <numerusform>نحو %Ln ساعة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s)</source>
        <translation>
            <numerusform>أقل من دقيقة</numerusform>
            <numerusform>نحو دقيقة</numerusform>
            <numerusform>نحو دقيقتين</numerusform>
            <numerusform>نحو %Ln دقائق</numerusform>
            <numerusform>نحو %Ln دقيقة</numerusform>
            <numerusform>نحو %Ln دقيقة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n second(s)</source>
        <translation>
            <numerusform>أقل من ثانية</numerusform>
            <numerusform>نحو ثانية</numerusform>
            <numerusform>نحو ثانيتين</numerusform>
            <numerusform>نحو %Ln ثوانٍ</numerusform>
            <numerusform>نحو %Ln ثانية</numerusform>
            <numerusform>نحو %Ln ثانية</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>made anew, %n package(s): %1</source>
        <translation>
            <numerusform>أُعيد إنشاؤه، بلا حزم: ⁨%1⁩</numerusform>
            <numerusform>أُعيد إنشاؤه، حزمة واحدة: ⁨%1⁩</numerusform>
            <numerusform>أُعيد إنشاؤه، حزمتان: ⁨%1⁩</numerusform>
            <numerusform>أُعيد إنشاؤه، %Ln حزم: ⁨%1⁩</numerusform>
            <numerusform>أُعيد إنشاؤه، %Ln حزمة: ⁨%1⁩</numerusform>
            <numerusform>أُعيد إنشاؤه، %Ln حزمة: ⁨%1⁩</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>new, %n package(s)</source>
        <translation>
            <numerusform>جديد، بلا حزم</numerusform>
            <numerusform>جديد، حزمة واحدة</numerusform>
            <numerusform>جديد، حزمتان</numerusform>
            <numerusform>جديد، %Ln حزم</numerusform>
            <numerusform>جديد، %Ln حزمة</numerusform>
            <numerusform>جديد، %Ln حزمة</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is not a value of %2</source>
        <translation>«⁨%1⁩» ليس قيمة لـ ⁨%2⁩</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>%1 %2 is in a default group of the lock, of which nothing is installed</source>
        <translation>⁨%1⁩ ⁨%2⁩ في مجموعة افتراضية من القفل، ولم يثبَّت منها شيء</translation>
    </message>
    <message>
        <source>%1 %2 is in the lock and not installed</source>
        <translation>⁨%1⁩ ⁨%2⁩ في القفل وغير مثبّت</translation>
    </message>
    <message>
        <source>%1 %2 is installed and not in the lock</source>
        <translation>⁨%1⁩ ⁨%2⁩ مثبّت وليس في القفل</translation>
    </message>
    <message>
        <source>%1 %2 is installed, and the lock has %3</source>
        <translation>⁨%1⁩ ⁨%2⁩ مثبّت، وفي القفل ⁨%3⁩</translation>
    </message>
    <message>
        <source>%1 %2 is installed, and the lock has another build of it, %3</source>
        <translation>⁨%1⁩ ⁨%2⁩ مثبّت، وفي القفل بناء آخر منه: ⁨%3⁩</translation>
    </message>
    <message>
        <source>%1 %2 is installed, as it was chosen here; the lock has %3</source>
        <translation>⁨%1⁩ ⁨%2⁩ مثبّت كما اختير هنا، وفي القفل ⁨%3⁩</translation>
    </message>
    <message>
        <source>%1 (%2 files)</source>
        <translation>⁨%1⁩ (عدد الملفات: ⁨%2⁩)</translation>
    </message>
    <message>
        <source>%1 answered with status %2</source>
        <translation>أجاب ⁨%1⁩ بالحالة ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 has no RECORD, so nobody can tell which files are its own</source>
        <translation>ليس لـ⁨%1⁩ ملف RECORD، فلا يُعرف أي الملفات ملفاته</translation>
    </message>
    <message>
        <source>%1 instead of %2</source>
        <translation>⁨%1⁩ بدلًا من ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 is installed from sources, which would have to be built: %2</source>
        <translation>⁨%1⁩ مثبّت من مصادر يلزم بناؤها: ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 is installed from the folder “%2”, which is gone</source>
        <translation>⁨%1⁩ مثبّت من المجلد «⁨%2⁩» الذي لم يعد موجودًا</translation>
    </message>
    <message>
        <source>%1 is installed more than once</source>
        <translation>⁨%1⁩ مثبّت أكثر من مرة</translation>
    </message>
    <message>
        <source>%1 is installed twice, the second time as %2</source>
        <translation>⁨%1⁩ مثبّت مرتين، والثانية بالإصدار ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 is not installed</source>
        <translation>⁨%1⁩ غير مثبّت</translation>
    </message>
    <message>
        <source>%1 is to come from an index that is switched off</source>
        <translation>يُفترض أن يأتي ⁨%1⁩ من فهرس أُوقف</translation>
    </message>
    <message>
        <source>%1 needs %2, and %3 is installed</source>
        <translation>يحتاج ⁨%1⁩ إلى ⁨%2⁩، والمثبّت هو ⁨%3⁩</translation>
    </message>
    <message>
        <source>%1 needs %2, which is not installed</source>
        <translation>يحتاج ⁨%1⁩ إلى ⁨%2⁩، وهو غير مثبّت</translation>
    </message>
    <message>
        <source>%1 needs Python %2, and this is Python %3</source>
        <translation>يحتاج ⁨%1⁩ إلى ⁦Python %2⁩، وهذا ⁦Python %3⁩</translation>
    </message>
    <message>
        <source>%1 needs Python %2, and “%3” is Python %4</source>
        <translation>يحتاج ⁨%1⁩ إلى ⁦Python %2⁩، و«⁨%3⁩» هو ⁦Python %4⁩</translation>
    </message>
    <message>
        <source>%1 of %2 packages cannot be imported</source>
        <translation>لا يمكن استيراد ⁨%1⁩ من ⁨%2⁩ من الحزم</translation>
    </message>
    <message>
        <source>%1 packages import</source>
        <translation>تُستورد ⁨%1⁩ من الحزم</translation>
    </message>
    <message>
        <source>%1 was installed from elsewhere than the lock says</source>
        <translation>⁨%1⁩ مثبّت من مكان غير الذي يذكره القفل</translation>
    </message>
    <message>
        <source>%1 would fit: %2</source>
        <translation>يناسب ⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>--extra and --group need a pyproject.toml to choose from</source>
        <translation>يحتاج --extra و --group إلى ملف pyproject.toml ليختارا منه</translation>
    </message>
    <message>
        <source>A build for the processor looks for no GPU</source>
        <translation>حزمة المعالج المركزي لا تبحث عن معالج رسوميات</translation>
    </message>
    <message>
        <source>A constraint needs a name</source>
        <translation>القيد يحتاج إلى اسم</translation>
    </message>
    <message>
        <source>A product of two matrices on %1 came out right</source>
        <translation>جاء ضرب مصفوفتين على ⁨%1⁩ بنتيجة صحيحة</translation>
    </message>
    <message>
        <source>A product of two matrices on %1 came out wrong</source>
        <translation>جاء ضرب مصفوفتين على ⁨%1⁩ بنتيجة خاطئة</translation>
    </message>
    <message>
        <source>Add -r pyproject.toml</source>
        <translation>أضف -r pyproject.toml</translation>
    </message>
    <message>
        <source>All %1 packages import</source>
        <translation>تُستورد الحزم كلها وعددها ⁨%1⁩</translation>
    </message>
    <message>
        <source>An environment of “%1” lies outside of requires-python: %2</source>
        <translation>بيئة من «⁨%1⁩» تقع خارج requires-python: ⁨%2⁩</translation>
    </message>
    <message>
        <source>Asking for sizes</source>
        <translation>السؤال عن الأحجام</translation>
    </message>
    <message>
        <source>Bring the folder back, or remove %1</source>
        <translation>أعد المجلد إلى مكانه أو أزل ⁨%1⁩</translation>
    </message>
    <message>
        <source>Checking that the packages work</source>
        <translation>التحقق من أن الحزم تعمل</translation>
    </message>
    <message>
        <source>Choose an empty folder</source>
        <translation>اختر مجلدًا فارغًا</translation>
    </message>
    <message>
        <source>Choose another Python</source>
        <translation>اختر Python آخر</translation>
    </message>
    <message>
        <source>Choose one of the history</source>
        <translation>اختر واحدة من السجل</translation>
    </message>
    <message>
        <source>Choose one of them</source>
        <translation>اختر واحدًا منها</translation>
    </message>
    <message>
        <source>Choosing versions</source>
        <translation>اختيار الإصدارات</translation>
    </message>
    <message>
        <source>Choosing versions for all computers</source>
        <translation>اختيار الإصدارات لكل الحواسيب</translation>
    </message>
    <message>
        <source>Choosing what this computer needs</source>
        <translation>اختيار ما يحتاج إليه هذا الحاسوب</translation>
    </message>
    <message>
        <source>Comparing the files of all packages</source>
        <translation>تجري مقارنة ملفات الحزم كلها</translation>
    </message>
    <message>
        <source>Files can be put into an environment as clone, hardlink or copy, not as “%1”</source>
        <translation>يمكن وضع الملفات في البيئة بطريقة clone أو hardlink أو copy، لا “%1”</translation>
    </message>
    <message>
        <source>Install %1 as the lock has it</source>
        <translation>ثبّت ⁨%1⁩ كما هو في القفل</translation>
    </message>
    <message>
        <source>Install it again: sconce pip install --reinstall-package %1 %1==%2</source>
        <translation>ثبّته من جديد: sconce pip install --reinstall-package ⁨%1⁩ ⁨%1⁩==⁨%2⁩</translation>
    </message>
    <message>
        <source>Intel XPU</source>
        <translation>Intel XPU</translation>
    </message>
    <message>
        <source>It does not see %1: %2</source>
        <translation>لا يرى ⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>It sees %1</source>
        <translation>يرى ⁨%1⁩</translation>
    </message>
    <message>
        <source>It sees %1, but has no code for it</source>
        <translation>يرى ⁨%1⁩، لكن ليس فيه شيفرة له</translation>
    </message>
    <message>
        <source>It sees no GPU, and none that it could use was found on this computer</source>
        <translation>لا يرى معالج رسوميات، ولم يُعثر في هذا الحاسوب على معالج يستطيع استخدامه</translation>
    </message>
    <message>
        <source>It was built for %1</source>
        <translation>بُني من أجل ⁨%1⁩</translation>
    </message>
    <message>
        <source>It was built for %1, which does not fit this computer: %2</source>
        <translation>بُني من أجل ⁨%1⁩، وهو لا يناسب هذا الحاسوب: ⁨%2⁩</translation>
    </message>
    <message>
        <source>It was built for %1, which driver %2 can run</source>
        <translation>بُني من أجل ⁨%1⁩، ويستطيع برنامج التشغيل ⁨%2⁩ تشغيله</translation>
    </message>
    <message>
        <source>It was built for the processor</source>
        <translation>بُني للمعالج المركزي</translation>
    </message>
    <message>
        <source>It was built for the processor only, though this computer has %1</source>
        <translation>بُني للمعالج المركزي فقط، مع أن في هذا الحاسوب ⁨%1⁩</translation>
    </message>
    <message>
        <source>Lock again</source>
        <translation>أعد القفل</translation>
    </message>
    <message>
        <source>Looking at the environment</source>
        <translation>فحص البيئة</translation>
    </message>
    <message>
        <source>Looking for a Python</source>
        <translation>البحث عن Python</translation>
    </message>
    <message>
        <source>METADATA of %1 cannot be used: %2</source>
        <translation>لا يصلح METADATA للحزمة ⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>Make an environment with “sconce venv” and name it with --python</source>
        <translation>أنشئ بيئة بالأمر «sconce venv» وسمّها باستخدام --python</translation>
    </message>
    <message>
        <source>Make one with “sconce venv”, or name one with --python</source>
        <translation>أنشئ واحدة بالأمر «sconce venv»، أو سمّ واحدة باستخدام --python</translation>
    </message>
    <message>
        <source>Make the environment anew: sconce venv --clear</source>
        <translation>أنشئ البيئة من جديد: sconce venv --clear</translation>
    </message>
    <message>
        <source>Make the plan again</source>
        <translation>ضع الخطة من جديد</translation>
    </message>
    <message>
        <source>Move it away, or set UV_PROJECT_ENVIRONMENT to another folder</source>
        <translation>انقله، أو اجعل UV_PROJECT_ENVIRONMENT مجلدًا آخر</translation>
    </message>
    <message>
        <source>Name a file that ends in %1</source>
        <translation>سمّ ملفًا ينتهي بـ %1</translation>
    </message>
    <message>
        <source>Name an environment with --python</source>
        <translation>سمّ بيئة بـ --python</translation>
    </message>
    <message>
        <source>Name the file of a wheel (.whl)</source>
        <translation>سمّ ملف wheel (.whl)</translation>
    </message>
    <message>
        <source>No Python fits requires-python of all members: %1</source>
        <translation>لا Python يناسب requires-python لكل الأعضاء: ⁨%1⁩</translation>
    </message>
    <message>
        <source>No Python fits requires-python: %1</source>
        <translation>لا Python يناسب requires-python: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Not tried, because a step before it failed</source>
        <translation>لم يُجرَّب لأن خطوة قبله فشلت</translation>
    </message>
    <message>
        <source>Nothing is installed in this environment</source>
        <translation>لا شيء مثبّت في هذه البيئة</translation>
    </message>
    <message>
        <source>Nothing says where %1 %2 came from, and the cache does not have it</source>
        <translation>لا شيء يقول من أين جاء ⁨%1⁩ ⁨%2⁩، وليس في الذاكرة المخبأة</translation>
    </message>
    <message>
        <source>Nothing says which Python the environment “%1” was made with</source>
        <translation>لا شيء يقول بأي Python أُنشئت البيئة «⁨%1⁩»</translation>
    </message>
    <message>
        <source>Nothing says which program installed %1</source>
        <translation>لا شيء يقول أي برنامج ثبّت ⁨%1⁩</translation>
    </message>
    <message>
        <source>Nothing to change was found</source>
        <translation>لم يُعثر على ما يمكن تغييره</translation>
    </message>
    <message>
        <source>Only one pyproject.toml can be named at a time</source>
        <translation>يمكن تسمية ملف pyproject.toml واحد فقط في المرة</translation>
    </message>
    <message>
        <source>Put the files of %1 there again</source>
        <translation>ضع ملفات ⁨%1⁩ من جديد</translation>
    </message>
    <message>
        <source>Putting the lock together</source>
        <translation>تجميع ملف القفل</translation>
    </message>
    <message>
        <source>PyTorch is not installed, so there is no more to check</source>
        <translation>PyTorch غير مثبّت، فلا شيء آخر يُفحص</translation>
    </message>
    <message>
        <source>Python crashed while %1 (signal %2)</source>
        <translation>انهار Python أثناء ⁨%1⁩ (الإشارة ⁨%2⁩)</translation>
    </message>
    <message>
        <source>Python did not come to an end within %1 seconds while %2</source>
        <translation>لم ينتهِ Python خلال ⁨%1⁩ من الثواني أثناء ⁨%2⁩</translation>
    </message>
    <message>
        <source>Python ended with status %1 while %2</source>
        <translation>انتهى Python بالحالة ⁨%1⁩ أثناء ⁨%2⁩</translation>
    </message>
    <message>
        <source>RECORD of %1 cannot be read: %2</source>
        <translation>لا يمكن قراءة RECORD للحزمة ⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>RECORD of %1 lists “%2”, which is not the package's</source>
        <translation>يذكر RECORD للحزمة ⁨%1⁩ «⁨%2⁩» وهو ليس منها</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>قراءة ⁨%1⁩</translation>
    </message>
    <message>
        <source>Reading the project</source>
        <translation>قراءة المشروع</translation>
    </message>
    <message>
        <source>Remove it, unless you put it there</source>
        <translation>أزله إن لم تضعه أنت هناك</translation>
    </message>
    <message>
        <source>Remove the link, and make the environment with “sconce venv”</source>
        <translation>أزل الوصلة وأنشئ البيئة بـ «sconce venv»</translation>
    </message>
    <message>
        <source>Remove the link, and repair again</source>
        <translation>أزل الوصلة ثم أصلح مرة أخرى</translation>
    </message>
    <message>
        <source>Remove the link, or make what it leads to</source>
        <translation>احذف الرابط، أو أنشئ ما يشير إليه</translation>
    </message>
    <message>
        <source>Remove “%1”</source>
        <translation>أزل «⁨%1⁩»</translation>
    </message>
    <message>
        <source>Remove “%1” and try again</source>
        <translation>أزل «⁨%1⁩» وحاول مرة أخرى</translation>
    </message>
    <message>
        <source>Remove “%1” if nothing needs it, and install the package again</source>
        <translation>أزل «⁨%1⁩» إن لم يحتج إليه شيء، وثبّت الحزمة من جديد</translation>
    </message>
    <message>
        <source>Run “sconce lock”</source>
        <translation>شغّل “sconce lock”</translation>
    </message>
    <message>
        <source>Run “sconce sync” with the extra or the group that asks for %1</source>
        <translation>شغّل «sconce sync» مع الإضافة أو المجموعة التي تطلب ⁨%1⁩</translation>
    </message>
    <message>
        <source>Set UV_LINK_MODE or --link-mode to one of them</source>
        <translation>اجعل UV_LINK_MODE أو --link-mode واحدًا منها</translation>
    </message>
    <message>
        <source>Set up the environment anew</source>
        <translation>أعدّ البيئة من جديد</translation>
    </message>
    <message>
        <source>Switching over</source>
        <translation>التبديل</translation>
    </message>
    <message>
        <source>The Python of the environment “%1” belongs to “%2”</source>
        <translation>بايثون البيئة “%1” يتبع “%2”</translation>
    </message>
    <message>
        <source>The Python that the environment was made with is gone: “%1”</source>
        <translation>لم يعد Python الذي أُنشئت به البيئة موجودًا: «⁨%1⁩»</translation>
    </message>
    <message>
        <source>The code of %1 is gone: none of its %2 files is there</source>
        <translation>شفرة ⁨%1⁩ مفقودة: لا يوجد أي من ملفاتها وعددها ⁨%2⁩</translation>
    </message>
    <message>
        <source>The copy of %1 in the cache is damaged as well and is fetched again</source>
        <translation>نسخة ⁨%1⁩ في الذاكرة المخبأة تالفة أيضًا وستُجلب من جديد</translation>
    </message>
    <message>
        <source>The copy of %1 in the cache is damaged as well, and nothing says where it came from</source>
        <translation>نسخة ⁨%1⁩ في الذاكرة المخبأة تالفة أيضًا، ولا شيء يقول من أين جاءت</translation>
    </message>
    <message>
        <source>The environment has no pyvenv.cfg: what is installed with its Python would land in the installation behind it</source>
        <translation>ليس في البيئة ملف pyvenv.cfg: ما يُثبَّت بـ Python فيها يقع في التثبيت الذي وراءها</translation>
    </message>
    <message>
        <source>The environment shares the packages of its Python, which one made here would not</source>
        <translation>تشارك البيئة حزم Python الخاص بها، ولن تفعل ذلك بيئة تُنشأ هنا</translation>
    </message>
    <message>
        <source>The environment was made at “%1” and is elsewhere now</source>
        <translation>أُنشئت البيئة في «⁨%1⁩» وهي الآن في مكان آخر</translation>
    </message>
    <message>
        <source>The environment was made with Python %1, and its Python is %2 now</source>
        <translation>أُنشئت البيئة بـ Python ⁨%1⁩، وفيها الآن ⁨%2⁩</translation>
    </message>
    <message>
        <source>The environment “%1” does not work: %2</source>
        <translation>البيئة «⁨%1⁩» لا تعمل: ⁨%2⁩</translation>
    </message>
    <message>
        <source>The environment “%1” has Python %2, and Python %3 is needed</source>
        <translation>في البيئة “%1” بايثون %2، والمطلوب بايثون %3</translation>
    </message>
    <message>
        <source>The environment “%1” has another Python than the one that is needed</source>
        <translation>في البيئة «⁨%1⁩» إصدار Python غير المطلوب</translation>
    </message>
    <message>
        <source>The environment “%1” has no Python any more</source>
        <translation>لم يعد في البيئة “%1” بايثون</translation>
    </message>
    <message>
        <source>The environment's Python answered with something else than the check</source>
        <translation>أجاب Python في البيئة بشيء غير الفحص</translation>
    </message>
    <message>
        <source>The environment's Python belongs to another folder: “%1”</source>
        <translation>يتبع Python البيئة مجلدًا آخر: «⁨%1⁩»</translation>
    </message>
    <message>
        <source>The group “%1”</source>
        <translation>المجموعة «⁨%1⁩»</translation>
    </message>
    <message>
        <source>The index says sha256:%1</source>
        <translation>يقول الفهرس sha256:⁨%1⁩</translation>
    </message>
    <message>
        <source>The memory of %1 can be used</source>
        <translation>يمكن استخدام ذاكرة ⁨%1⁩</translation>
    </message>
    <message>
        <source>The memory of %1 does not keep what is written</source>
        <translation>ذاكرة ⁨%1⁩ لا تحفظ ما يُكتب فيها</translation>
    </message>
    <message>
        <source>The memory of %1 is used up by other programs</source>
        <translation>ذاكرة ⁨%1⁩ مشغولة ببرامج أخرى</translation>
    </message>
    <message>
        <source>The project does not say which Pythons it is for (requires-python); %1 is assumed</source>
        <translation>لا يقول المشروع أي إصدارات Python يستهدف (requires-python)، فيُفترض ⁨%1⁩</translation>
    </message>
    <message>
        <source>The project has no extra “%1”</source>
        <translation>ليس في المشروع ميزة اختيارية «⁨%1⁩»</translation>
    </message>
    <message>
        <source>The project has no group “%1”</source>
        <translation>ليس في المشروع مجموعة «⁨%1⁩»</translation>
    </message>
    <message>
        <source>The project has no lowest Python (requires-python is %1): versions may be chosen that only run on old ones</source>
        <translation>ليس للمشروع أدنى Python (requires-python هو ⁨%1⁩): قد تُختار إصدارات لا تعمل إلا على القديمة</translation>
    </message>
    <message>
        <source>The project says that %1 exclude each other</source>
        <translation>يقول المشروع إن ⁨%1⁩ لا تجتمع</translation>
    </message>
    <message>
        <source>The project “%1” is not at “%2” any more</source>
        <translation>لم يعد المشروع “%1” في “%2”</translation>
    </message>
    <message>
        <source>The sample lacks its file “%1”</source>
        <translation>ينقص النموذج ملفه «⁨%1⁩»</translation>
    </message>
    <message>
        <source>The settings of “%1” are not used: %2</source>
        <translation>إعدادات «⁨%1⁩» لا تُستخدم: ⁨%2⁩</translation>
    </message>
    <message>
        <source>The source has to be written by hand</source>
        <translation>يجب كتابة المصدر يدويًا</translation>
    </message>
    <message>
        <source>The workspace has no project “%1”</source>
        <translation>ليس في مساحة العمل مشروع “%1”</translation>
    </message>
    <message>
        <source>There is no environment at “%1”</source>
        <translation>لا توجد بيئة في «⁨%1⁩»</translation>
    </message>
    <message>
        <source>There is no environment in “%1” or above</source>
        <translation>لا بيئة في «⁨%1⁩» ولا فوقه</translation>
    </message>
    <message>
        <source>There is no lock “%1”, and “%2” forbids to make one</source>
        <translation>لا يوجد ملف القفل “%1”، و“%2” يمنع إنشاءه</translation>
    </message>
    <message>
        <source>There is no plan %1 in “%2” that could be made again</source>
        <translation>لا توجد في “%2” خطة رقمها %1 يمكن تنفيذها من جديد</translation>
    </message>
    <message>
        <source>There is no plan %1 in “%2” that could be undone</source>
        <translation>لا توجد في “%2” خطة رقمها %1 يمكن التراجع عنها</translation>
    </message>
    <message>
        <source>There is no “%1”</source>
        <translation>لا يوجد «⁨%1⁩»</translation>
    </message>
    <message>
        <source>There is nothing in “%1” that was undone</source>
        <translation>لم يُتراجع عن شيء في “%1”</translation>
    </message>
    <message>
        <source>There is nothing to undo in “%1”</source>
        <translation>لا يوجد ما يُتراجع عنه في “%1”</translation>
    </message>
    <message>
        <source>This build of torch has no code for %1</source>
        <translation>ليس في حزمة torch هذه شيفرة من أجل ⁨%1⁩</translation>
    </message>
    <message>
        <source>Two environments of “%1” overlap: %2, and %3</source>
        <translation>بيئتان من «⁨%1⁩» تتداخلان: ⁨%2⁩ و⁨%3⁩</translation>
    </message>
    <message>
        <source>Write https://…, NAME=https://… or a folder</source>
        <translation>اكتب https://… أو NAME=https://… أو مجلدًا</translation>
    </message>
    <message>
        <source>Write it down in [project]: nothing is built yet</source>
        <translation>اكتبه في [project]: لا يُبنى شيء بعد</translation>
    </message>
    <message>
        <source>Write it down in the [project] table of the pyproject.toml there</source>
        <translation>اكتبه في جدول [project] من ملف pyproject.toml هناك</translation>
    </message>
    <message>
        <source>Write it like 3.12</source>
        <translation>اكتبه مثل 3.12</translation>
    </message>
    <message>
        <source>Write requires-python or fewest</source>
        <translation>اكتب requires-python أو fewest</translation>
    </message>
    <message>
        <source>Write the environment's own files anew</source>
        <translation>اكتب ملفات البيئة نفسها من جديد</translation>
    </message>
    <message>
        <source>a GPU</source>
        <translation>معالج رسوميات</translation>
    </message>
    <message>
        <source>a leftover</source>
        <translation>من البقايا</translation>
    </message>
    <message>
        <source>asking torch how it was built</source>
        <translation>سؤال torch كيف بُني</translation>
    </message>
    <message>
        <source>code for %1</source>
        <translation>شيفرة من أجل ⁨%1⁩</translation>
    </message>
    <message>
        <source>command line</source>
        <translation>سطر الأوامر</translation>
    </message>
    <message>
        <source>going from one step to the next</source>
        <translation>الانتقال من خطوة إلى التالية</translation>
    </message>
    <message>
        <source>importing torch</source>
        <translation>استيراد torch</translation>
    </message>
    <message>
        <source>importing “%1”</source>
        <translation>استيراد «⁨%1⁩»</translation>
    </message>
    <message>
        <source>in %1 milliseconds</source>
        <translation>في ⁨%1⁩ ميلي ثانية</translation>
    </message>
    <message>
        <source>in %1 seconds</source>
        <translation>في ⁨%1⁩ ثانية</translation>
    </message>
    <message>
        <source>it gives no reason</source>
        <translation>لا يذكر سببًا</translation>
    </message>
    <message>
        <source>it needs “%1”, which this system does not have</source>
        <translation>يحتاج إلى «⁨%1⁩»، وليس في هذا النظام</translation>
    </message>
    <message>
        <source>its libraries do not fit together</source>
        <translation>مكتباته لا يوافق بعضها بعضًا</translation>
    </message>
    <message>
        <source>looking for devices</source>
        <translation>البحث عن الأجهزة</translation>
    </message>
    <message>
        <source>multiplying matrices on %1</source>
        <translation>ضرب المصفوفات على ⁨%1⁩</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>البدء</translation>
    </message>
    <message>
        <source>the extra “%1”</source>
        <translation>الإضافة «⁨%1⁩»</translation>
    </message>
    <message>
        <source>the group “%1”</source>
        <translation>المجموعة «⁨%1⁩»</translation>
    </message>
    <message>
        <source>the library “%1” is missing</source>
        <translation>المكتبة «⁨%1⁩» ناقصة</translation>
    </message>
    <message>
        <source>the package “%1” is missing</source>
        <translation>الحزمة «⁨%1⁩» ناقصة</translation>
    </message>
    <message>
        <source>the processor</source>
        <translation>المعالج المركزي</translation>
    </message>
    <message>
        <source>the variable %1 is “%2”</source>
        <translation>المتغيّر ⁨%1⁩ قيمته «⁨%2⁩»</translation>
    </message>
    <message>
        <source>torch %1 imports</source>
        <translation>يُستورد ⁦torch %1⁩</translation>
    </message>
    <message>
        <source>torch cannot be asked: %1</source>
        <translation>تعذّر سؤال torch: ⁨%1⁩</translation>
    </message>
    <message>
        <source>torch cannot use %1: %2</source>
        <translation>لا يستطيع torch استخدام ⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>torch does not import: %1</source>
        <translation>لا يُستورد torch: ⁨%1⁩</translation>
    </message>
    <message>
        <source>torch sees %1 and computes correctly on it</source>
        <translation>يرى torch الجهاز ⁨%1⁩ ويحسب عليه حسابًا صحيحًا</translation>
    </message>
    <message>
        <source>torch works on the processor</source>
        <translation>يعمل torch على المعالج المركزي</translation>
    </message>
    <message>
        <source>torch works on the processor only, although this computer has a GPU</source>
        <translation>يعمل torch على المعالج المركزي فقط، مع أن في هذا الحاسوب معالج رسوميات</translation>
    </message>
    <message>
        <source>using the memory of %1</source>
        <translation>استخدام ذاكرة ⁨%1⁩</translation>
    </message>
    <message>
        <source>uv.lock has to be made anew, and “--locked” forbids it</source>
        <translation>يجب إنشاء uv.lock من جديد، و“--locked” يمنع ذلك</translation>
    </message>
    <message>
        <source>you asked</source>
        <translation>طلبتها أنت</translation>
    </message>
    <message>
        <source>“%1” (%2) is left out, because it would have to be built: %3</source>
        <translation>يُترك “%1” (%2) لأنه يحتاج إلى بناء: %3</translation>
    </message>
    <message>
        <source>“%1” and “%2” exclude each other</source>
        <translation>لا يجتمع “%1” و“%2”</translation>
    </message>
    <message>
        <source>“%1” answered %2</source>
        <translation>أجاب «⁨%1⁩» بـ ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” asks for %2, and “%3” is %4</source>
        <translation>يطلب «⁨%1⁩» ⁨%2⁩، و«⁨%3⁩» هو ⁨%4⁩</translation>
    </message>
    <message>
        <source>“%1” belongs to no package</source>
        <translation>«⁨%1⁩» لا يتبع أي حزمة</translation>
    </message>
    <message>
        <source>“%1” cannot be read as a package</source>
        <translation>لا يمكن قراءة «⁨%1⁩» كحزمة</translation>
    </message>
    <message>
        <source>“%1” does not exist</source>
        <translation>«⁨%1⁩» غير موجود</translation>
    </message>
    <message>
        <source>“%1” does not import: %2</source>
        <translation>لا يُستورد «⁨%1⁩»: ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” does not say which Python it needs: %2</source>
        <translation>لا يقول «⁨%1⁩» أي Python يحتاج إليه: ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” has none of the hashes that are listed for %2</source>
        <translation>ليس في «⁨%1⁩» أي بصمة من المذكورة لـ ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” holds %2 now, and not %3</source>
        <translation>في «⁨%1⁩» الآن ⁨%2⁩ وليس ⁨%3⁩</translation>
    </message>
    <message>
        <source>“%1” holds a file “%2” already, and the sample would replace it</source>
        <translation>في «⁨%1⁩» ملف «⁨%2⁩» من قبل، والنموذج سيحلّ محله</translation>
    </message>
    <message>
        <source>“%1” holds no Python that could be checked</source>
        <translation>ليس في «⁨%1⁩» Python يمكن فحصه</translation>
    </message>
    <message>
        <source>“%1” imports</source>
        <translation>يُستورد «⁨%1⁩»</translation>
    </message>
    <message>
        <source>“%1” is a file, and no environment</source>
        <translation>‏“%1” ملف وليس بيئة</translation>
    </message>
    <message>
        <source>“%1” is a link to nothing</source>
        <translation>«⁨%1⁩» وصلة إلى لا شيء</translation>
    </message>
    <message>
        <source>“%1” is a link to “%2”, where nothing is</source>
        <translation>‏“%1” رابط إلى “%2”، ولا شيء هناك</translation>
    </message>
    <message>
        <source>“%1” is for Python %2.0 alone (requires-python is %3); most likely ==%2.* is meant</source>
        <translation>«⁨%1⁩» من أجل ⁦Python %2⁩.0 وحده (requires-python هو ⁨%3⁩)، والمقصود على الأرجح ==⁨%2⁩.*</translation>
    </message>
    <message>
        <source>“%1” is for all Pythons from %2 up to the next major version (requires-python is %3); most likely ~=%2.0 is meant</source>
        <translation>«⁨%1⁩» من أجل كل إصدارات Python من ⁨%2⁩ حتى الإصدار الرئيس التالي (requires-python هو ⁨%3⁩)، والمقصود على الأرجح ~=⁨%2⁩.0</translation>
    </message>
    <message>
        <source>“%1” is in %2 and in %3, and not the same</source>
        <translation>«⁨%1⁩» في ⁨%2⁩ وفي ⁨%3⁩، وليسا سواء</translation>
    </message>
    <message>
        <source>“%1” is missing</source>
        <translation>«⁨%1⁩» مفقود</translation>
    </message>
    <message>
        <source>“%1” is not a Python version</source>
        <translation>«⁨%1⁩» ليس إصدار Python</translation>
    </message>
    <message>
        <source>“%1” is not a value of %2</source>
        <translation>«⁨%1⁩» ليس قيمة لـ ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” is not as it was installed: %2</source>
        <translation>«⁨%1⁩» ليس كما ثُبّت: ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” is not in an environment, and other installations of Python are not changed</source>
        <translation>«⁨%1⁩» ليس في بيئة، وتثبيتات Python الأخرى لا تُغيَّر</translation>
    </message>
    <message>
        <source>“%1” is not the address of an index</source>
        <translation>«⁨%1⁩» ليس عنوان فهرس</translation>
    </message>
    <message>
        <source>“%1” is there and is not an environment</source>
        <translation>«⁨%1⁩» موجود وليس بيئة</translation>
    </message>
    <message>
        <source>“%1” is to come from %2, and there lies “%3”</source>
        <translation>يُفترض أن يأتي «⁨%1⁩» من ⁨%2⁩، وهناك «⁨%3⁩»</translation>
    </message>
    <message>
        <source>“%1” is to come from %2, which is neither a wheel nor an archive of sources</source>
        <translation>يُفترض أن يأتي «⁨%1⁩» من ⁨%2⁩، وليس ذلك حزمة wheel ولا أرشيفًا مصدريًا</translation>
    </message>
    <message>
        <source>“%1” is to come from a git repository, which cannot be read yet</source>
        <translation>يُفترض أن يأتي «⁨%1⁩» من مستودع git، ولا يمكن قراءته بعد</translation>
    </message>
    <message>
        <source>“%1” is to come from “%2”, which has no pyproject.toml: only a build could tell what it needs</source>
        <translation>يُفترض أن يأتي «⁨%1⁩» من «⁨%2⁩»، وليس فيه pyproject.toml: لا يقول ما يحتاج إليه إلا بناء</translation>
    </message>
    <message>
        <source>“%1” is to come from “%2”, whose pyproject.toml has no [project] table</source>
        <translation>يُفترض أن يأتي «⁨%1⁩» من «⁨%2⁩»، وليس في ملف pyproject.toml الخاص به جدول [project]</translation>
    </message>
    <message>
        <source>“%1” is what an installation or a removal left that broke off</source>
        <translation>«⁨%1⁩» من بقايا تثبيت أو إزالة لم يكتملا</translation>
    </message>
    <message>
        <source>“%1” leads to “%2”, which is not there</source>
        <translation>يؤدي «⁨%1⁩» إلى «⁨%2⁩» غير الموجود</translation>
    </message>
    <message>
        <source>“%1” lies behind a link that leads out of the environment</source>
        <translation>يقع «⁨%1⁩» وراء وصلة تخرج من البيئة</translation>
    </message>
    <message>
        <source>“%1” looks like an environment whose pyvenv.cfg is gone, so its Python would change packages of the whole computer</source>
        <translation>يبدو “%1” بيئة فُقد ملفها pyvenv.cfg، فسيغيّر بايثون فيها حزم الحاسوب كله</translation>
    </message>
    <message>
        <source>“%1” runs whenever the interpreter starts</source>
        <translation>يعمل «⁨%1⁩» كلما بدأ المفسّر</translation>
    </message>
    <message>
        <source>“%1” starts the Python of another environment: %2</source>
        <translation>يشغّل «⁨%1⁩» بايثون بيئة أخرى: ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” was changed by another program while versions were chosen</source>
        <translation>غيّر برنامج آخر «⁨%1⁩» أثناء اختيار الإصدارات</translation>
    </message>
    <message>
        <source>“%1” was changed since the plan was made</source>
        <translation>تغيّر «⁨%1⁩» منذ وضع الخطة</translation>
    </message>
    <message>
        <source>“%1” would have to be built, and only wheels can be installed</source>
        <translation>لا بد من بناء «⁨%1⁩»، ولا يمكن تثبيت غير حزم wheel</translation>
    </message>
</context>
<context>
    <name>archive</name>
    <message>
        <source>%1 of “%2” is too large</source>
        <translation>%1 في «%2» أكبر من اللازم</translation>
    </message>
    <message>
        <source>A name is empty</source>
        <translation>اسم فارغ</translation>
    </message>
    <message>
        <source>Make room on the disk and try again</source>
        <translation>أفسح مكانًا على القرص وحاول مرة أخرى</translation>
    </message>
    <message>
        <source>The archive counts more entries than its directory can hold</source>
        <translation>يعدّ الأرشيف مداخل أكثر مما يتسع له دليله</translation>
    </message>
    <message>
        <source>The archive has two ends</source>
        <translation>للأرشيف نهايتان</translation>
    </message>
    <message>
        <source>The archive holds more than %1</source>
        <translation>في الأرشيف أكثر من ⁨%1⁩</translation>
    </message>
    <message>
        <source>The archive is shorter than it should be</source>
        <translation>الأرشيف أقصر مما ينبغي</translation>
    </message>
    <message>
        <source>The archive is spread over several disks</source>
        <translation>الأرشيف موزّع على عدة أقراص</translation>
    </message>
    <message>
        <source>The archive lists %1 entries in %2: more than can be true</source>
        <translation>يذكر الأرشيف ⁨%1⁩ من المداخل في ⁨%2⁩: أكثر مما يمكن أن يصح</translation>
    </message>
    <message>
        <source>The archive of %1 claims to hold %2: more than %3 times as much</source>
        <translation>يدّعي الأرشيف وحجمه ⁨%1⁩ أن فيه ⁨%2⁩: أكثر من ⁨%3⁩ أضعاف</translation>
    </message>
    <message>
        <source>The contents of “%1” do not have the checksum that the archive says</source>
        <translation>محتوى «⁨%1⁩» ليس له المجموع الاختباري الذي يذكره الأرشيف</translation>
    </message>
    <message>
        <source>The directory of the archive holds more than its end record counts</source>
        <translation>في دليل الأرشيف أكثر مما يعدّه سجل نهايته</translation>
    </message>
    <message>
        <source>The directory of the archive is cut off or counts wrongly</source>
        <translation>دليل الأرشيف مقطوع أو يعدّ خطأ</translation>
    </message>
    <message>
        <source>The directory of the archive is not where its end record says</source>
        <translation>دليل الأرشيف ليس حيث يقول سجل نهايته</translation>
    </message>
    <message>
        <source>The end of the archive is cut off</source>
        <translation>نهاية الأرشيف مقطوعة</translation>
    </message>
    <message>
        <source>The folder “%1” has contents</source>
        <translation>في المجلد «⁨%1⁩» محتويات</translation>
    </message>
    <message>
        <source>The name “%1” does not say that it is UTF-8</source>
        <translation>الاسم «⁨%1⁩» لا يقول إنه UTF-8</translation>
    </message>
    <message>
        <source>The name “%1” has a part of more than 255 bytes</source>
        <translation>في الاسم «⁨%1⁩» جزء يزيد على 255 بايت</translation>
    </message>
    <message>
        <source>The name “%1” has a part of spaces only</source>
        <translation>في الاسم «⁨%1⁩» جزء كله مسافات</translation>
    </message>
    <message>
        <source>The name “%1” has an empty part</source>
        <translation>في الاسم «⁨%1⁩» جزء فارغ</translation>
    </message>
    <message>
        <source>The name “%1” has “.” as a part</source>
        <translation>في الاسم «⁨%1⁩» الجزء «.»</translation>
    </message>
    <message>
        <source>The name “%1” holds a backslash</source>
        <translation>في الاسم «⁨%1⁩» شرطة مائلة عكسية</translation>
    </message>
    <message>
        <source>The name “%1” holds invisible or control characters</source>
        <translation>في الاسم «⁨%1⁩» محارف خفية أو محارف تحكم</translation>
    </message>
    <message>
        <source>The name “%1” is an absolute path</source>
        <translation>الاسم «⁨%1⁩» مسار مطلق</translation>
    </message>
    <message>
        <source>The name “%1” is longer than 1,024 bytes</source>
        <translation>الاسم «⁨%1⁩» أطول من 1024 بايت</translation>
    </message>
    <message>
        <source>The name “%1” is more than 128 folders deep</source>
        <translation>الاسم «⁨%1⁩» أعمق من 128 مجلدًا</translation>
    </message>
    <message>
        <source>The name “%1” is not UTF-8</source>
        <translation>الاسم «⁨%1⁩» ليس UTF-8</translation>
    </message>
    <message>
        <source>The name “%1” leaves its folder with “..”</source>
        <translation>الاسم «⁨%1⁩» يخرج من مجلده بـ «..»</translation>
    </message>
    <message>
        <source>The name “%1” names a drive</source>
        <translation>الاسم «⁨%1⁩» يسمّي قرصًا</translation>
    </message>
    <message>
        <source>The packed data of “%1” are damaged</source>
        <translation>البيانات المضغوطة لـ «⁨%1⁩» تالفة</translation>
    </message>
    <message>
        <source>The two end records of the archive disagree</source>
        <translation>سجلّا نهاية الأرشيف يتناقضان</translation>
    </message>
    <message>
        <source>The zip64 end record of the archive is not where it must be</source>
        <translation>سجل نهاية zip64 ليس حيث يجب</translation>
    </message>
    <message>
        <source>There are bytes behind the end of the archive</source>
        <translation>بعد نهاية الأرشيف بايتات</translation>
    </message>
    <message>
        <source>There are bytes behind “%1” that the directory does not list</source>
        <translation>بعد «⁨%1⁩» بايتات لا يذكرها الدليل</translation>
    </message>
    <message>
        <source>There are bytes in front of the first entry of the archive</source>
        <translation>قبل أول مدخل في الأرشيف بايتات</translation>
    </message>
    <message>
        <source>This is no zip archive, or its end is missing</source>
        <translation>هذا ليس أرشيف zip، أو نهايته ناقصة</translation>
    </message>
    <message>
        <source>while reading “%1”</source>
        <translation>أثناء قراءة «⁨%1⁩»</translation>
    </message>
    <message>
        <source>“%1” cannot be read: %2</source>
        <translation>تعذّرت قراءة «⁨%1⁩»: ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” does not unpack to the size that the archive says</source>
        <translation>لا ينفكّ «⁨%1⁩» إلى الحجم الذي يذكره الأرشيف</translation>
    </message>
    <message>
        <source>“%1” has a second, different name</source>
        <translation>لـ «⁨%1⁩» اسم ثانٍ مختلف</translation>
    </message>
    <message>
        <source>“%1” has a zip64 field that does not fit its header</source>
        <translation>في «⁨%1⁩» حقل zip64 لا يوافق رأسه</translation>
    </message>
    <message>
        <source>“%1” has an extra field longer than its header</source>
        <translation>في «⁨%1⁩» حقل إضافي أطول من رأسه</translation>
    </message>
    <message>
        <source>“%1” has an extra field that is cut off</source>
        <translation>في «⁨%1⁩» حقل إضافي مقطوع</translation>
    </message>
    <message>
        <source>“%1” has another checksum in its own header</source>
        <translation>لـ «⁨%1⁩» مجموع اختباري آخر في رأسه</translation>
    </message>
    <message>
        <source>“%1” has another name in its own header</source>
        <translation>لـ «⁨%1⁩» اسم آخر في رأسه</translation>
    </message>
    <message>
        <source>“%1” has another size in its own header</source>
        <translation>لـ «⁨%1⁩» حجم آخر في رأسه</translation>
    </message>
    <message>
        <source>“%1” has another size or checksum in its descriptor</source>
        <translation>لـ «⁨%1⁩» حجم أو مجموع اختباري آخر في واصفه</translation>
    </message>
    <message>
        <source>“%1” has the same extra field twice</source>
        <translation>في «⁨%1⁩» الحقل الإضافي نفسه مرتين</translation>
    </message>
    <message>
        <source>“%1” holds %2, more than the %3 that may be</source>
        <translation>في «⁨%1⁩» مقدار ⁨%2⁩، وهو أكثر من ⁨%3⁩ المسموح بها</translation>
    </message>
    <message>
        <source>“%1” is a patch for another file</source>
        <translation>«⁨%1⁩» رقعة لملف آخر</translation>
    </message>
    <message>
        <source>“%1” is damaged or cut off</source>
        <translation>«%1» تالف أو مقطوع</translation>
    </message>
    <message>
        <source>“%1” is encrypted</source>
        <translation>«⁨%1⁩» مشفّر</translation>
    </message>
    <message>
        <source>“%1” is in the archive twice, and not the same</source>
        <translation>«⁨%1⁩» في الأرشيف مرتين، وليسا سواء</translation>
    </message>
    <message>
        <source>“%1” is in the directory of the archive, but not in the archive</source>
        <translation>«⁨%1⁩» في دليل الأرشيف، لكن ليس في الأرشيف</translation>
    </message>
    <message>
        <source>“%1” is packed otherwise than the directory says</source>
        <translation>«⁨%1⁩» مضغوط بغير ما يقول الدليل</translation>
    </message>
    <message>
        <source>“%1” is packed with a method that is not supported: %2</source>
        <translation>«⁨%1⁩» مضغوط بطريقة غير مدعومة: ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” is stored as it is, with two different sizes</source>
        <translation>«⁨%1⁩» محفوظ كما هو، بحجمين مختلفين</translation>
    </message>
    <message>
        <source>“%1” lies below a name that is a file</source>
        <translation>«⁨%1⁩» يقع تحت اسم هو ملف</translation>
    </message>
    <message>
        <source>“%1” lies on another disk</source>
        <translation>«⁨%1⁩» يقع على قرص آخر</translation>
    </message>
    <message>
        <source>“%1” needs %2, but only %3 are free</source>
        <translation>يحتاج «⁨%1⁩» إلى ⁨%2⁩، والمتاح ⁨%3⁩ فقط</translation>
    </message>
    <message>
        <source>“%1” overlaps what comes after it in the archive</source>
        <translation>يتداخل «⁨%1⁩» مع ما بعده في الأرشيف</translation>
    </message>
    <message>
        <source>“%1” reaches beyond the end of the archive</source>
        <translation>يتجاوز «⁨%1⁩» نهاية الأرشيف</translation>
    </message>
    <message>
        <source>“%1” unpacks to more than any source archive</source>
        <translation>حجم «%1» بعد فكّه أكبر من أي أرشيف مصدري</translation>
    </message>
</context>
<context>
    <name>base</name>
    <message>
        <source>%1 and %2</source>
        <translation>⁨%1⁩ و⁨%2⁩</translation>
    </message>
    <message>
        <source>unknown size</source>
        <translation>حجم مجهول</translation>
    </message>
</context>
<context>
    <name>environment</name>
    <message>
        <source>Allow to replace it (--clear)</source>
        <translation>اسمح باستبدالها (--clear)</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>اختر مجلدًا آخر</translation>
    </message>
    <message>
        <source>Choose another folder, or remove it first</source>
        <translation>اختر مجلدًا آخر، أو أزله أولًا</translation>
    </message>
    <message>
        <source>Install pip into it like any other package</source>
        <translation>ثبّت pip فيها كأي حزمة أخرى</translation>
    </message>
    <message>
        <source>Left out, because it is damaged: %1</source>
        <translation>تُرك لأنه تالف: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Remove the link</source>
        <translation>أزل الوصلة</translation>
    </message>
    <message>
        <source>The folder “%1” is no environment, so it is not replaced</source>
        <translation>المجلد «⁨%1⁩» ليس بيئة، فلا يُستبدل</translation>
    </message>
    <message>
        <source>The folder “%1” is not empty</source>
        <translation>المجلد «⁨%1⁩» ليس فارغًا</translation>
    </message>
    <message>
        <source>The interpreter “%1” is not there any more</source>
        <translation>لم يعد المفسّر «⁨%1⁩» موجودًا</translation>
    </message>
    <message>
        <source>The path “%1” holds a colon, which PATH takes for the end of a folder</source>
        <translation>في المسار «⁨%1⁩» نقطتان، وPATH يعدّهما نهاية مجلد</translation>
    </message>
    <message>
        <source>The path “%1” holds control characters, which scripts cannot name</source>
        <translation>في المسار «⁨%1⁩» محارف تحكم لا تستطيع النصوص البرمجية تسميتها</translation>
    </message>
    <message>
        <source>The prompt “%1” holds control characters</source>
        <translation>في المحثّ «⁨%1⁩» محارف تحكم</translation>
    </message>
    <message>
        <source>There is an environment at “%1” already</source>
        <translation>في «⁨%1⁩» بيئة من قبل</translation>
    </message>
    <message>
        <source>pip and setuptools are not put into a new environment</source>
        <translation>لا يوضع pip و setuptools في بيئة جديدة</translation>
    </message>
    <message>
        <source>while reading “%1”</source>
        <translation>أثناء قراءة «⁨%1⁩»</translation>
    </message>
    <message>
        <source>“%1” is a file, where an environment would be a folder</source>
        <translation>«⁨%1⁩» ملف حيث تكون البيئة مجلدًا</translation>
    </message>
    <message>
        <source>“%1” is a link to nothing</source>
        <translation>«⁨%1⁩» وصلة إلى لا شيء</translation>
    </message>
    <message>
        <source>“%1” is no virtual environment: it has no pyvenv.cfg</source>
        <translation>«⁨%1⁩» ليست بيئة افتراضية: ليس فيها pyvenv.cfg</translation>
    </message>
    <message>
        <source>“%1” names no version</source>
        <translation>«⁨%1⁩» لا يسمّي إصدارًا</translation>
    </message>
</context>
<context>
    <name>files</name>
    <message>
        <source>Make room on the disk and try again</source>
        <translation>أفسح مكانًا على القرص وحاول مرة أخرى</translation>
    </message>
    <message>
        <source>Save the file as UTF-8</source>
        <translation>احفظ الملف بترميز UTF-8</translation>
    </message>
    <message>
        <source>The lock “%1” cannot be taken</source>
        <translation>تعذّر أخذ القفل «⁨%1⁩»</translation>
    </message>
    <message>
        <source>Waiting for another program to finish with “%1”</source>
        <translation>في انتظار أن يفرغ برنامج آخر من «⁨%1⁩»</translation>
    </message>
    <message>
        <source>“%1” cannot be copied to “%2”</source>
        <translation>تعذّر نسخ «⁨%1⁩» إلى «⁨%2⁩»</translation>
    </message>
    <message>
        <source>“%1” cannot be exchanged for “%2”</source>
        <translation>تعذّر تبديل «⁨%1⁩» بـ «⁨%2⁩»</translation>
    </message>
    <message>
        <source>“%1” cannot be moved to “%2”</source>
        <translation>تعذّر نقل «⁨%1⁩» إلى «⁨%2⁩»</translation>
    </message>
    <message>
        <source>“%1” cannot be read</source>
        <translation>تعذّرت قراءة «⁨%1⁩»</translation>
    </message>
    <message>
        <source>“%1” cannot be removed</source>
        <translation>تعذّرت إزالة «⁨%1⁩»</translation>
    </message>
    <message>
        <source>“%1” cannot be written</source>
        <translation>تعذّرت كتابة «⁨%1⁩»</translation>
    </message>
    <message>
        <source>“%1” cannot be written to the disk for good</source>
        <translation>تعذّرت كتابة «⁨%1⁩» على القرص كتابة دائمة</translation>
    </message>
    <message>
        <source>“%1” is UTF-16, not UTF-8</source>
        <translation>«⁨%1⁩» بترميز UTF-16، لا UTF-8</translation>
    </message>
    <message>
        <source>“%1” is larger than %2 bytes</source>
        <translation>«⁨%1⁩» أكبر من ⁨%2⁩ بايت</translation>
    </message>
    <message>
        <source>“%1” is not UTF-8</source>
        <translation>«⁨%1⁩» ليس UTF-8</translation>
    </message>
</context>
<context>
    <name>hardware</name>
    <message>
        <source>%1: cannot be read</source>
        <translation>⁨%1⁩: تعذّرت قراءته</translation>
    </message>
    <message>
        <source>%1: not installed</source>
        <translation>⁨%1⁩: غير مثبّت</translation>
    </message>
    <message>
        <source>%1: not there</source>
        <translation>⁨%1⁩: غير موجود</translation>
    </message>
    <message>
        <source>%1: nothing for display or computing</source>
        <translation>⁨%1⁩: لا شيء للعرض أو الحساب</translation>
    </message>
    <message>
        <source>AMD's driver does not offer it for computing, or hides it from this container</source>
        <translation>برنامج تشغيل AMD لا يقدّمه للحساب، أو يخفيه عن هذه الحاوية</translation>
    </message>
    <message>
        <source>Known: %1</source>
        <translation>المعروف: ⁨%1⁩</translation>
    </message>
    <message>
        <source>NVIDIA GPU</source>
        <translation>معالج NVIDIA</translation>
    </message>
    <message>
        <source>NVIDIA's driver is not loaded</source>
        <translation>برنامج تشغيل NVIDIA غير محمّل</translation>
    </message>
    <message>
        <source>No “/dev/dri/renderD…” is open to this user or container</source>
        <translation>لا «/dev/dri/renderD…» متاح لهذا المستخدم أو هذه الحاوية</translation>
    </message>
    <message>
        <source>Set %1 to a known architecture, or remove it</source>
        <translation>اضبط ⁨%1⁩ على معمارية معروفة، أو أزله</translation>
    </message>
    <message>
        <source>Set %1 to a version such as 550.144.03, or remove it</source>
        <translation>اضبط ⁨%1⁩ على إصدار مثل 550.144.03، أو أزله</translation>
    </message>
    <message>
        <source>Set UV_CUDA_DRIVER_VERSION to the driver's version, for example 550.144.03</source>
        <translation>اضبط UV_CUDA_DRIVER_VERSION على إصدار برنامج التشغيل، مثل 550.144.03</translation>
    </message>
    <message>
        <source>Taken as the variable %1 says: AMD architecture %2</source>
        <translation>مأخوذ كما يقول المتغيّر ⁨%1⁩: معمارية AMD ⁨%2⁩</translation>
    </message>
    <message>
        <source>Taken as the variable %1 says: NVIDIA driver %2</source>
        <translation>مأخوذ كما يقول المتغيّر ⁨%1⁩: برنامج تشغيل NVIDIA ⁨%2⁩</translation>
    </message>
    <message>
        <source>The driver is loaded, but “/dev/nvidiactl” is not open to this user or container</source>
        <translation>برنامج التشغيل محمّل، لكن «/dev/nvidiactl» غير متاح لهذا المستخدم أو هذه الحاوية</translation>
    </message>
    <message>
        <source>The driver was told to leave it out</source>
        <translation>طُلب من برنامج التشغيل أن يتركه</translation>
    </message>
    <message>
        <source>The driver “%1” is in use instead of NVIDIA's</source>
        <translation>برنامج التشغيل «⁨%1⁩» مستخدم بدلًا من برنامج NVIDIA</translation>
    </message>
    <message>
        <source>The variable %1 holds “%2”, which is not a driver version</source>
        <translation>في المتغيّر ⁨%1⁩ القيمة «⁨%2⁩»، وليست إصدار برنامج تشغيل</translation>
    </message>
    <message>
        <source>The variable %1 holds “%2”, which is not a known AMD architecture</source>
        <translation>في المتغيّر ⁨%1⁩ القيمة «⁨%2⁩»، وليست معمارية AMD معروفة</translation>
    </message>
    <message>
        <source>crashed (signal %1)</source>
        <translation>انهار (الإشارة ⁨%1⁩)</translation>
    </message>
    <message>
        <source>device %1</source>
        <translation>الجهاز ⁨%1⁩</translation>
    </message>
    <message>
        <source>did not answer in time</source>
        <translation>لم يُجب في الوقت المحدد</translation>
    </message>
    <message>
        <source>nvidia-smi ended with status %1 and without an answer</source>
        <translation>انتهى nvidia-smi بالحالة ⁨%1⁩ وبلا جواب</translation>
    </message>
    <message>
        <source>nvidia-smi said “%1” where values of a GPU are expected</source>
        <translation>قال nvidia-smi «⁨%1⁩» حيث تُنتظر قيم معالج رسوميات</translation>
    </message>
    <message>
        <source>nvidia-smi said: “%1”</source>
        <translation>قال nvidia-smi: «⁨%1⁩»</translation>
    </message>
    <message>
        <source>said nothing</source>
        <translation>لم يقل شيئًا</translation>
    </message>
    <message>
        <source>status %1, “%2”</source>
        <translation>الحالة ⁨%1⁩، «⁨%2⁩»</translation>
    </message>
    <message>
        <source>the list of known cards (PCI %1)</source>
        <translation>قائمة البطاقات المعروفة (⁦PCI %1⁩)</translation>
    </message>
    <message>
        <source>variable %1</source>
        <translation>المتغيّر ⁨%1⁩</translation>
    </message>
    <message>
        <source>“%1” did not answer within 10 seconds</source>
        <translation>لم يُجب «⁨%1⁩» خلال 10 ثوانٍ</translation>
    </message>
    <message>
        <source>“%1” says “%2” where a driver version is expected</source>
        <translation>يقول «⁨%1⁩» «⁨%2⁩» حيث يُنتظر إصدار برنامج تشغيل</translation>
    </message>
    <message>
        <source>“/dev/kfd” is not open to this user, who is missing in the group “render”</source>
        <translation>«/dev/kfd» غير متاح لهذا المستخدم، وهو ليس في المجموعة «render»</translation>
    </message>
    <message>
        <source>“/dev/kfd” is not there: AMD's driver is not loaded, or this container has no access to it</source>
        <translation>«/dev/kfd» غير موجود: برنامج تشغيل AMD غير محمّل، أو لا وصول لهذه الحاوية إليه</translation>
    </message>
</context>
<context>
    <name>index</name>
    <message>
        <source>%1 at byte %2</source>
        <translation>⁨%1⁩ عند البايت ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 is not a page of a package index: its type is “%2”</source>
        <translation>⁨%1⁩ ليست صفحة فهرس حزم: نوعها «⁨%2⁩»</translation>
    </message>
    <message>
        <source>Ask for a version that has a wheel</source>
        <translation>اطلب إصدارًا له حزمة wheel</translation>
    </message>
    <message>
        <source>Check the address of the index</source>
        <translation>تحقق من عنوان الفهرس</translation>
    </message>
    <message>
        <source>It was asked too often: wait, then try again</source>
        <translation>سُئل أكثر مما ينبغي: انتظر، ثم حاول مرة أخرى</translation>
    </message>
    <message>
        <source>Open the address in a browser: the network may want a login</source>
        <translation>افتح العنوان في متصفح: ربما تطلب الشبكة تسجيل الدخول</translation>
    </message>
    <message>
        <source>Put a name and a password in the address of the proxy: http://name:password@host:port</source>
        <translation>ضع اسمًا وكلمة مرور في عنوان الوكيل: http://name:password@host:port</translation>
    </message>
    <message>
        <source>Reading the index “%1”</source>
        <translation>قراءة الفهرس «⁨%1⁩»</translation>
    </message>
    <message>
        <source>Reading the metadata of “%1”</source>
        <translation>قراءة البيانات الوصفية لـ «⁨%1⁩»</translation>
    </message>
    <message>
        <source>The %1 digest of “%2” is not one</source>
        <translation>بصمة ⁨%1⁩ لـ «⁨%2⁩» ليست بصمة</translation>
    </message>
    <message>
        <source>The index “%1” answered with status %2</source>
        <translation>أجاب الفهرس «⁨%1⁩» بالحالة ⁨%2⁩</translation>
    </message>
    <message>
        <source>The metadata of “%1” is not what its index says</source>
        <translation>البيانات الوصفية لـ «⁨%1⁩» ليست ما يذكره فهرسه</translation>
    </message>
    <message>
        <source>The metadata of “%1” is that of %2 %3</source>
        <translation>البيانات الوصفية لـ «⁨%1⁩» هي لـ ⁦%2 %3⁩</translation>
    </message>
    <message>
        <source>The page %1 cannot be read: %2</source>
        <translation>تعذّرت قراءة الصفحة ⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>The trouble is on its side: try again later</source>
        <translation>الخلل عنده: حاول مرة أخرى لاحقًا</translation>
    </message>
    <message>
        <source>Write what it needs into [[tool.uv.dependency-metadata]] of pyproject.toml</source>
        <translation>اكتب ما يحتاج إليه في [[tool.uv.dependency-metadata]] من ملف pyproject.toml</translation>
    </message>
    <message>
        <source>it asks for input instead of listing files</source>
        <translation>تطلب إدخالًا بدلًا من سرد الملفات</translation>
    </message>
    <message>
        <source>it is nested deeper than %1 levels</source>
        <translation>هي متداخلة أعمق من ⁨%1⁩ من المستويات</translation>
    </message>
    <message>
        <source>it is not a page of a package index in JSON</source>
        <translation>ليست صفحة فهرس حزم بصيغة JSON</translation>
    </message>
    <message>
        <source>it is not text in UTF-8</source>
        <translation>ليست نصًا بترميز UTF-8</translation>
    </message>
    <message>
        <source>it speaks version %1 of the interface, and only 1 is known</source>
        <translation>تتكلم الإصدار ⁨%1⁩ من الواجهة، والمعروف 1 فقط</translation>
    </message>
    <message>
        <source>“%1” cannot be had from “%2”: status %3</source>
        <translation>تعذّر الحصول على «⁨%1⁩» من «⁨%2⁩»: الحالة ⁨%3⁩</translation>
    </message>
    <message>
        <source>“%1” cannot be written: %2</source>
        <translation>تعذّرت كتابة «⁨%1⁩»: ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” has more than one METADATA: “%2” and “%3”</source>
        <translation>في «⁨%1⁩» أكثر من METADATA واحد: «⁨%2⁩» و«⁨%3⁩»</translation>
    </message>
    <message>
        <source>“%1” has no METADATA</source>
        <translation>ليس في «⁨%1⁩» METADATA</translation>
    </message>
    <message>
        <source>“%1” holds sources that do not say for sure what they need: only a build could tell, and nothing is built yet</source>
        <translation>يحوي «⁨%1⁩» مصادر لا تقول بيقين ما تحتاج إليه: لا يقوله إلا بناء، ولا يُبنى شيء بعد</translation>
    </message>
    <message>
        <source>“%1” is not the file its index lists</source>
        <translation>«⁨%1⁩» ليس الملف الذي يذكره فهرسه</translation>
    </message>
</context>
<context>
    <name>lock</name>
    <message>
        <source>%1 is needed here, but the lock has no such package</source>
        <translation>يُحتاج هنا إلى ⁨%1⁩، لكن ليس في ملف القفل حزمة كهذه</translation>
    </message>
    <message>
        <source>%1 must be a list</source>
        <translation>يجب أن يكون ⁨%1⁩ قائمة</translation>
    </message>
    <message>
        <source>%1 must be a table</source>
        <translation>يجب أن يكون ⁨%1⁩ جدولًا</translation>
    </message>
    <message>
        <source>%1 must be a text in quotes</source>
        <translation>يجب أن يكون ⁨%1⁩ نصًا بين علامتي اقتباس</translation>
    </message>
    <message>
        <source>%1 must be a whole number</source>
        <translation>يجب أن يكون ⁨%1⁩ عددًا صحيحًا</translation>
    </message>
    <message>
        <source>%1 stands in the lock twice</source>
        <translation>⁨%1⁩ في ملف القفل مرتين</translation>
    </message>
    <message>
        <source>A file of this size is read only in the plain form of a lock</source>
        <translation>ملف بهذا الحجم لا يُقرأ إلا بالشكل البسيط لملف القفل</translation>
    </message>
    <message>
        <source>Add this computer to “environments” of [tool.uv], and lock again</source>
        <translation>أضف هذا الحاسوب إلى «environments» في [tool.uv]، ثم أعد القفل</translation>
    </message>
    <message>
        <source>Choose a version that has wheels for this computer</source>
        <translation>اختر إصدارًا له ملفات wheel لهذا الحاسوب</translation>
    </message>
    <message>
        <source>Choose another Python</source>
        <translation>اختر Python آخر</translation>
    </message>
    <message>
        <source>Choose one of %1</source>
        <translation>اختر واحدًا من ⁨%1⁩</translation>
    </message>
    <message>
        <source>Choose one of them</source>
        <translation>اختر واحدًا منها</translation>
    </message>
    <message>
        <source>It is not clear which package is meant: the lock has several called “%1”</source>
        <translation>ليس واضحًا أي حزمة مقصودة: في ملف القفل عدة حزم باسم «⁨%1⁩»</translation>
    </message>
    <message>
        <source>Its wheels are for %1</source>
        <translation>ملفات wheel الخاصة بها هي لـ ⁨%1⁩</translation>
    </message>
    <message>
        <source>Keys of this depth are in no lock</source>
        <translation>لا مفاتيح بهذا العمق في أي ملف قفل</translation>
    </message>
    <message>
        <source>Lock again</source>
        <translation>أعد القفل</translation>
    </message>
    <message>
        <source>Lock again with what both sides chose</source>
        <translation>أعد القفل بما اختاره الطرفان</translation>
    </message>
    <message>
        <source>Name this computer in “required-environments” of [tool.uv], and lock again</source>
        <translation>اذكر هذا الحاسوب في «required-environments» في [tool.uv]، ثم أعد القفل</translation>
    </message>
    <message>
        <source>Remove the file and lock again</source>
        <translation>أزل الملف وأعد القفل</translation>
    </message>
    <message>
        <source>Restore the file, for instance from version control</source>
        <translation>استرجع الملف، من نظام إدارة الإصدارات مثلًا</translation>
    </message>
    <message>
        <source>Take one side of the merge and lock again</source>
        <translation>خذ أحد طرفي الدمج وأعد القفل</translation>
    </message>
    <message>
        <source>The group “%1” needs Python %2, and this is Python %3</source>
        <translation>تحتاج المجموعة «⁨%1⁩» إلى Python ⁨%2⁩، وهذا Python ⁨%3⁩</translation>
    </message>
    <message>
        <source>The lock has format version %1; only version 1 is understood</source>
        <translation>لملف القفل إصدار الصيغة ⁨%1⁩، ولا يُفهم إلا الإصدار 1</translation>
    </message>
    <message>
        <source>The lock has no wheel of “%1” that runs on this computer with this Python</source>
        <translation>ليس في ملف القفل ملف wheel من «⁨%1⁩» يعمل على هذا الحاسوب مع هذا Python</translation>
    </message>
    <message>
        <source>The lock wants two versions at once: %1 and %2</source>
        <translation>يطلب ملف القفل إصدارين معًا: ⁨%1⁩ و⁨%2⁩</translation>
    </message>
    <message>
        <source>The project has no extra “%1”</source>
        <translation>ليس في المشروع ميزة اختيارية «⁨%1⁩»</translation>
    </message>
    <message>
        <source>The project has no group “%1”</source>
        <translation>ليس في المشروع مجموعة «⁨%1⁩»</translation>
    </message>
    <message>
        <source>The project is for Python %1, and this is Python %2</source>
        <translation>المشروع مخصص لـ Python ⁨%1⁩، وهذا Python ⁨%2⁩</translation>
    </message>
    <message>
        <source>The project is not for this computer: its environments are %1</source>
        <translation>المشروع ليس لهذا الحاسوب: بيئاته هي ⁨%1⁩</translation>
    </message>
    <message>
        <source>The project says that %1 exclude each other</source>
        <translation>يقول المشروع إن ⁨%1⁩ لا تجتمع</translation>
    </message>
    <message>
        <source>This dependency stands here twice</source>
        <translation>هذه التبعية هنا مرتين</translation>
    </message>
    <message>
        <source>This element</source>
        <translation>هذا العنصر</translation>
    </message>
    <message>
        <source>This file of “%1” needs a hash</source>
        <translation>هذا الملف من «⁨%1⁩» يحتاج إلى بصمة</translation>
    </message>
    <message>
        <source>This is no hash of a known kind; it looks like “sha256:…” with 64 hexadecimal digits</source>
        <translation>ليست هذه بصمة من نوع معروف؛ صورتها «sha256:…» ثم 64 رقمًا ست عشريًا</translation>
    </message>
    <message>
        <source>This source is of no known kind</source>
        <translation>هذا المصدر ليس من نوع معروف</translation>
    </message>
    <message>
        <source>Update Sconce</source>
        <translation>حدّث Sconce</translation>
    </message>
    <message>
        <source>Write “%1”</source>
        <translation>اكتب «⁨%1⁩»</translation>
    </message>
    <message>
        <source>the extra “%1”</source>
        <translation>الإضافة «⁨%1⁩»</translation>
    </message>
    <message>
        <source>the extra “%1” of “%2”</source>
        <translation>الميزة «⁨%1⁩» من «⁨%2⁩»</translation>
    </message>
    <message>
        <source>the group “%1”</source>
        <translation>المجموعة «⁨%1⁩»</translation>
    </message>
    <message>
        <source>the group “%1” of “%2”</source>
        <translation>المجموعة «⁨%1⁩» من «⁨%2⁩»</translation>
    </message>
    <message>
        <source>the project “%1”</source>
        <translation>المشروع «⁨%1⁩»</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>«⁨%1⁩»</translation>
    </message>
    <message>
        <source>“%1” %2</source>
        <translation>«⁨%1⁩» ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” cannot be “%2”</source>
        <translation>لا يمكن أن يكون «⁨%1⁩» «⁨%2⁩»</translation>
    </message>
    <message>
        <source>“%1” comes from an index and needs a version</source>
        <translation>يأتي «⁨%1⁩» من فهرس ويحتاج إلى إصدار</translation>
    </message>
    <message>
        <source>“%1” is a folder of sources and cannot have files</source>
        <translation>«⁨%1⁩» مجلد مصادر ولا يمكن أن تكون له ملفات</translation>
    </message>
    <message>
        <source>“%1” is a member of the workspace, but the lock has no such package</source>
        <translation>«⁨%1⁩» عضو في مساحة العمل، لكن ليس في ملف القفل حزمة كهذه</translation>
    </message>
    <message>
        <source>“%1” is missing here</source>
        <translation>«⁨%1⁩» ناقص هنا</translation>
    </message>
    <message>
        <source>“%1” is needed by nothing: part of the lock is missing</source>
        <translation>لا شيء يحتاج إلى «⁨%1⁩»: جزء من ملف القفل ناقص</translation>
    </message>
    <message>
        <source>“%1” is no file name of a wheel</source>
        <translation>«⁨%1⁩» ليس اسم ملف wheel</translation>
    </message>
    <message>
        <source>“%1” is no valid TOML from here on</source>
        <translation>«⁨%1⁩» ليس TOML صالحًا من هنا فصاعدًا</translation>
    </message>
    <message>
        <source>“%1” is not a file of “%2” %3</source>
        <translation>«⁨%1⁩» ليس ملفًا من «⁨%2⁩» ⁨%3⁩</translation>
    </message>
    <message>
        <source>“%1” must be a whole number</source>
        <translation>يجب أن يكون «⁨%1⁩» عددًا صحيحًا</translation>
    </message>
    <message>
        <source>“%1” must not be empty</source>
        <translation>يجب ألا يكون «⁨%1⁩» فارغًا</translation>
    </message>
    <message>
        <source>“%1” still holds both sides of a merge</source>
        <translation>ما زال في «⁨%1⁩» طرفا دمج</translation>
    </message>
    <message>
        <source>“%1” would have to be built: the lock has no wheel of it that runs here</source>
        <translation>يجب بناء «⁨%1⁩»: ليس في ملف القفل ملف wheel منها يعمل هنا</translation>
    </message>
</context>
<context>
    <name>markers</name>
    <message>
        <source>A closing %1 is missing</source>
        <translation>ينقص ⁨%1⁩ الختامي</translation>
    </message>
    <message>
        <source>A comparison such as “==” or “in” is missing after %1</source>
        <translation>تنقص مقارنة مثل «==» أو «in» بعد ⁨%1⁩</translation>
    </message>
    <message>
        <source>After “not” only “in” can follow</source>
        <translation>لا يأتي بعد «not» إلا «in»</translation>
    </message>
    <message>
        <source>Put quotes around a value</source>
        <translation>ضع القيمة بين علامتي اقتباس</translation>
    </message>
    <message>
        <source>The marker ends where a variable or a quoted text should follow</source>
        <translation>ينتهي الشرط حيث ينبغي أن يأتي متغيّر أو نص بين علامتي اقتباس</translation>
    </message>
    <message>
        <source>The marker has more than %1 comparisons</source>
        <translation>في الشرط أكثر من ⁨%1⁩ من المقارنات</translation>
    </message>
    <message>
        <source>The marker has too many combinations</source>
        <translation>في الشرط تركيبات أكثر مما ينبغي</translation>
    </message>
    <message>
        <source>The marker is empty</source>
        <translation>الشرط فارغ</translation>
    </message>
    <message>
        <source>The parentheses are nested more than %1 deep</source>
        <translation>الأقواس متداخلة أعمق من ⁨%1⁩</translation>
    </message>
    <message>
        <source>This parenthesis is not closed</source>
        <translation>هذا القوس لم يُغلق</translation>
    </message>
    <message>
        <source>Write “%1”</source>
        <translation>اكتب «⁨%1⁩»</translation>
    </message>
    <message>
        <source>“%1” cannot stand here: conditions are joined by “and” or “or”</source>
        <translation>لا يمكن أن يكون «⁨%1⁩» هنا: تُربط الشروط بـ «and» أو «or»</translation>
    </message>
    <message>
        <source>“%1” has no meaning in a marker</source>
        <translation>لا معنى لـ «⁨%1⁩» في شرط</translation>
    </message>
    <message>
        <source>“%1” is no variable of markers</source>
        <translation>«⁨%1⁩» ليس من متغيّرات الشروط</translation>
    </message>
    <message>
        <source>“%1” stands where a variable or a quoted text should be</source>
        <translation>«⁨%1⁩» حيث ينبغي متغيّر أو نص بين علامتي اقتباس</translation>
    </message>
    <message>
        <source>“===” cannot be used in a marker</source>
        <translation>لا يمكن استخدام «===» في شرط</translation>
    </message>
</context>
<context>
    <name>metadata</name>
    <message>
        <source>An entry point has no name</source>
        <translation>نقطة دخول بلا اسم</translation>
    </message>
    <message>
        <source>RECORD has a quote in line %1 that is never closed</source>
        <translation>في السطر ⁨%1⁩ من RECORD علامة اقتباس لا تُغلق</translation>
    </message>
    <message>
        <source>RECORD has text behind a closing quote in line %1</source>
        <translation>في السطر ⁨%1⁩ من RECORD نص بعد علامة اقتباس ختامية</translation>
    </message>
    <message>
        <source>RECORD has “%1” in line %2 where a size is needed</source>
        <translation>في السطر ⁨%2⁩ من RECORD «⁨%1⁩» حيث يلزم حجم</translation>
    </message>
    <message>
        <source>RECORD is not UTF-8 text</source>
        <translation>RECORD ليس نصًا بترميز UTF-8</translation>
    </message>
    <message>
        <source>RECORD lists more than %L1 files</source>
        <translation>يذكر RECORD أكثر من ⁨%L1⁩ من الملفات</translation>
    </message>
    <message>
        <source>RECORD should have path, hash and size in line %1</source>
        <translation>ينبغي أن يكون في السطر ⁨%1⁩ من RECORD مسار وبصمة وحجم</translation>
    </message>
    <message>
        <source>The entry point “%1” cannot be a file in the scripts folder</source>
        <translation>نقطة الدخول «⁨%1⁩» لا يمكن أن تكون ملفًا في مجلد النصوص البرمجية</translation>
    </message>
    <message>
        <source>The entry point “%1” does not name a function as “module:function”</source>
        <translation>نقطة الدخول «⁨%1⁩» لا تسمّي دالة بصورة «module:function»</translation>
    </message>
    <message>
        <source>The entry point “%1” would replace a part of the environment itself</source>
        <translation>نقطة الدخول «⁨%1⁩» ستحلّ محل جزء من البيئة نفسها</translation>
    </message>
    <message>
        <source>The metadata has more than one field “%1”</source>
        <translation>في البيانات الوصفية أكثر من حقل «⁨%1⁩»</translation>
    </message>
    <message>
        <source>The metadata has no field “%1”</source>
        <translation>ليس في البيانات الوصفية حقل «⁨%1⁩»</translation>
    </message>
    <message>
        <source>The metadata is of version %1, which is newer than the known ones (1 and 2)</source>
        <translation>البيانات الوصفية من الإصدار ⁨%1⁩، وهو أحدث من المعروفين (1 و 2)</translation>
    </message>
    <message>
        <source>The metadata is too large: its fields go on after 16 MiB</source>
        <translation>البيانات الوصفية أكبر مما ينبغي: تستمر حقولها بعد 16 MiB</translation>
    </message>
    <message>
        <source>The name of an entry point is too long for a file</source>
        <translation>اسم نقطة دخول أطول من أن يكون اسم ملف</translation>
    </message>
    <message>
        <source>direct_url.json does not say where the package came from</source>
        <translation>لا يقول direct_url.json من أين جاءت الحزمة</translation>
    </message>
    <message>
        <source>entry_points.txt has a section name without “]” at its end in line %1</source>
        <translation>في السطر ⁨%1⁩ من entry_points.txt اسم قسم بلا «]» في نهايته</translation>
    </message>
    <message>
        <source>entry_points.txt has an entry before its first section in line %1</source>
        <translation>في السطر ⁨%1⁩ من entry_points.txt مدخل قبل أول قسم</translation>
    </message>
    <message>
        <source>entry_points.txt has no “=” in line %1</source>
        <translation>ليس في السطر ⁨%1⁩ من entry_points.txt علامة «=»</translation>
    </message>
    <message>
        <source>entry_points.txt is not UTF-8 text</source>
        <translation>entry_points.txt ليس نصًا بترميز UTF-8</translation>
    </message>
    <message>
        <source>it does not end in “.whl”</source>
        <translation>لا ينتهي بـ «.whl»</translation>
    </message>
    <message>
        <source>it should have name, version, Python, ABI and platform with “-” between them</source>
        <translation>ينبغي أن يكون فيه الاسم والإصدار وPython وABI والمنصة وبينها «-»</translation>
    </message>
    <message>
        <source>“%1” is not a build number such as “1” or “2a”</source>
        <translation>«⁨%1⁩» ليس رقم بناء مثل «1» أو «2a»</translation>
    </message>
    <message>
        <source>“%1” is not a source archive of %2: it should be %2, “-” and a version</source>
        <translation>«⁨%1⁩» ليس أرشيف مصدر لـ ⁨%2⁩: ينبغي أن يكون ⁨%2⁩ ثم «-» ثم إصدارًا</translation>
    </message>
    <message>
        <source>“%1” is not the file name of a source archive</source>
        <translation>«⁨%1⁩» ليس اسم ملف أرشيف مصدر</translation>
    </message>
    <message>
        <source>“%1” is not the file name of a wheel: %2</source>
        <translation>«⁨%1⁩» ليس اسم ملف wheel: ⁨%2⁩</translation>
    </message>
</context>
<context>
    <name>names</name>
    <message>
        <source>A name is empty where one is needed</source>
        <translation>اسم فارغ حيث يلزم اسم</translation>
    </message>
    <message>
        <source>“%1” is not a name: it must begin and end with a letter or digit</source>
        <translation>«⁨%1⁩» ليس اسمًا: يجب أن يبدأ وينتهي بحرف أو رقم</translation>
    </message>
    <message>
        <source>“%1” is not a name: only letters of the English alphabet, digits, “-”, “_” and “.” are allowed, not “%2”</source>
        <translation>«⁨%1⁩» ليس اسمًا: المسموح حروف الإنجليزية والأرقام و«-» و«_» و«.» فقط، لا «⁨%2⁩»</translation>
    </message>
</context>
<context>
    <name>net</name>
    <message>
        <source>Check HTTP_PROXY, HTTPS_PROXY and NO_PROXY</source>
        <translation>تحقق من HTTP_PROXY و HTTPS_PROXY و NO_PROXY</translation>
    </message>
    <message>
        <source>Check the address</source>
        <translation>تحقق من العنوان</translation>
    </message>
    <message>
        <source>Check the clock of this computer</source>
        <translation>تحقق من ساعة هذا الحاسوب</translation>
    </message>
    <message>
        <source>Check the network connection</source>
        <translation>تحقق من اتصال الشبكة</translation>
    </message>
    <message>
        <source>Name a PEM file, or unset SSL_CERT_FILE</source>
        <translation>سمّ ملف PEM، أو أزل SSL_CERT_FILE</translation>
    </message>
    <message>
        <source>No connection to “%1” in time</source>
        <translation>لا اتصال بـ «⁨%1⁩» في الوقت المحدد</translation>
    </message>
    <message>
        <source>No connection to “%1” through the proxy “%2” within %3 seconds</source>
        <translation>لا اتصال بـ «⁨%1⁩» عبر الوكيل «⁨%2⁩» خلال ⁨%3⁩ من الثواني</translation>
    </message>
    <message>
        <source>No connection to “%1” within %2 seconds</source>
        <translation>لا اتصال بـ «⁨%1⁩» خلال ⁨%2⁩ من الثواني</translation>
    </message>
    <message>
        <source>No secure connection (TLS) to “%1” came about</source>
        <translation>لم يقم اتصال آمن (TLS) بـ «⁨%1⁩»</translation>
    </message>
    <message>
        <source>Put them in the address of the proxy: http://name:password@host:port</source>
        <translation>ضعهما في عنوان الوكيل: http://name:password@host:port</translation>
    </message>
    <message>
        <source>SSL_CERT_FILE names “%1”, which holds no certificate</source>
        <translation>يسمّي SSL_CERT_FILE «⁨%1⁩»، وليس فيه شهادة</translation>
    </message>
    <message>
        <source>Set SSL_CERT_FILE to a file with the certificate of that authority</source>
        <translation>اضبط SSL_CERT_FILE على ملف فيه شهادة تلك الجهة</translation>
    </message>
    <message>
        <source>Switch offline mode off</source>
        <translation>أوقف وضع عدم الاتصال</translation>
    </message>
    <message>
        <source>The certificate of “%1” comes from an authority that this computer does not know</source>
        <translation>شهادة «⁨%1⁩» من جهة لا يعرفها هذا الحاسوب</translation>
    </message>
    <message>
        <source>The certificate of “%1” has expired</source>
        <translation>انتهت صلاحية شهادة «⁨%1⁩»</translation>
    </message>
    <message>
        <source>The certificate of “%1” is for another name</source>
        <translation>شهادة «⁨%1⁩» لاسم آخر</translation>
    </message>
    <message>
        <source>The certificate of “%1” is not valid yet</source>
        <translation>شهادة «⁨%1⁩» لم تسرِ بعد</translation>
    </message>
    <message>
        <source>The certificate of “%1” was not accepted: %2</source>
        <translation>لم تُقبل شهادة «⁨%1⁩»: ⁨%2⁩</translation>
    </message>
    <message>
        <source>The file at “%1” changed while it was being downloaded</source>
        <translation>تغيّر الملف في «⁨%1⁩» أثناء تنزيله</translation>
    </message>
    <message>
        <source>The network went away while “%1” was asked</source>
        <translation>انقطعت الشبكة أثناء سؤال «⁨%1⁩»</translation>
    </message>
    <message>
        <source>The proxy set for %1 addresses cannot be used</source>
        <translation>لا يمكن استخدام الوكيل المضبوط لعناوين ⁨%1⁩</translation>
    </message>
    <message>
        <source>The proxy “%1” did not answer in time</source>
        <translation>لم يُجب الوكيل «⁨%1⁩» في الوقت المحدد</translation>
    </message>
    <message>
        <source>The proxy “%1” did not let the request for “%2” through</source>
        <translation>لم يسمح الوكيل «⁨%1⁩» بمرور طلب «⁨%2⁩»</translation>
    </message>
    <message>
        <source>The proxy “%1” refused the connection</source>
        <translation>رفض الوكيل «⁨%1⁩» الاتصال</translation>
    </message>
    <message>
        <source>The proxy “%1” wants a name and a password, or other ones</source>
        <translation>يريد الوكيل «⁨%1⁩» اسمًا وكلمة مرور، أو غيرهما</translation>
    </message>
    <message>
        <source>The proxy “%1” was not found: its name has no address</source>
        <translation>لم يُعثر على الوكيل «⁨%1⁩»: ليس لاسمه عنوان</translation>
    </message>
    <message>
        <source>The request to “%1” failed</source>
        <translation>فشل الطلب إلى «⁨%1⁩»</translation>
    </message>
    <message numerus="yes">
        <source>Tried %n time(s)</source>
        <translation>
            <numerusform>لم يُحاوَل</numerusform>
            <numerusform>حوول مرة واحدة</numerusform>
            <numerusform>حوول مرتين</numerusform>
            <numerusform>حوول %Ln مرات</numerusform>
            <numerusform>حوول %Ln مرة</numerusform>
            <numerusform>حوول %Ln مرة</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>حاول مرة أخرى</translation>
    </message>
    <message>
        <source>Try again later</source>
        <translation>حاول مرة أخرى لاحقًا</translation>
    </message>
    <message>
        <source>Use an address that begins with https://, http:// or file://</source>
        <translation>استخدم عنوانًا يبدأ بـ https:// أو http:// أو file://</translation>
    </message>
    <message>
        <source>Write HTTP_PROXY and HTTPS_PROXY as http://host:port or socks5://host:port</source>
        <translation>اكتب HTTP_PROXY و HTTPS_PROXY بصورة http://host:port أو socks5://host:port</translation>
    </message>
    <message>
        <source>“%1” cannot be read: %2</source>
        <translation>تعذّرت قراءة «⁨%1⁩»: ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” did not answer within %2 seconds</source>
        <translation>لم يُجب «⁨%1⁩» خلال ⁨%2⁩ من الثواني</translation>
    </message>
    <message>
        <source>“%1” ended the connection in the middle of its answer</source>
        <translation>أنهى «⁨%1⁩» الاتصال وسط جوابه</translation>
    </message>
    <message>
        <source>“%1” ended the connection without a proper answer</source>
        <translation>أنهى «⁨%1⁩» الاتصال بلا جواب سليم</translation>
    </message>
    <message>
        <source>“%1” is larger than %2</source>
        <translation>«⁨%1⁩» أكبر من ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” is not an address that can be asked</source>
        <translation>«⁨%1⁩» ليس عنوانًا يمكن سؤاله</translation>
    </message>
    <message>
        <source>“%1” is not asked in offline mode, and the cache does not have %2</source>
        <translation>لا يُسأل «⁨%1⁩» في وضع عدم الاتصال، وليس في الذاكرة المخبئية ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” refused the connection</source>
        <translation>رفض «⁨%1⁩» الاتصال</translation>
    </message>
    <message>
        <source>“%1” sends from one address to the next without end</source>
        <translation>يحيل «⁨%1⁩» من عنوان إلى التالي بلا نهاية</translation>
    </message>
    <message>
        <source>“%1” sends less than 1 KB a second</source>
        <translation>يرسل «⁨%1⁩» أقل من 1 KB في الثانية</translation>
    </message>
    <message>
        <source>“%1” sends on from a secure address to an open one (http), which is not followed</source>
        <translation>يحيل «⁨%1⁩» من عنوان آمن إلى عنوان مكشوف (http)، ولا يُتبع ذلك</translation>
    </message>
    <message>
        <source>“%1” sends on to an address that is not followed</source>
        <translation>يحيل «⁨%1⁩» إلى عنوان لا يُتبع</translation>
    </message>
    <message>
        <source>“%1” sent an answer that is not proper HTTP</source>
        <translation>أرسل «⁨%1⁩» جوابًا ليس HTTP سليمًا</translation>
    </message>
    <message>
        <source>“%1” sent another piece of the file than was asked for</source>
        <translation>أرسل «⁨%1⁩» قطعة من الملف غير المطلوبة</translation>
    </message>
    <message>
        <source>“%1” sent more than %2</source>
        <translation>أرسل «⁨%1⁩» أكثر من ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” sent more than 64 KB of headers</source>
        <translation>أرسل «⁨%1⁩» أكثر من 64 KB من الرؤوس</translation>
    </message>
    <message>
        <source>“%1” stopped in the middle of its answer: nothing came for %2 seconds</source>
        <translation>توقّف «⁨%1⁩» وسط جوابه: لم يصل شيء مدة ⁨%2⁩ من الثواني</translation>
    </message>
    <message>
        <source>“%1” was not found: the name has no address</source>
        <translation>لم يُعثر على «⁨%1⁩»: ليس للاسم عنوان</translation>
    </message>
</context>
<context>
    <name>plan</name>
    <message>
        <source>%1 %2 was withdrawn by its authors</source>
        <translation>سحب المؤلفون ⁦%1 %2⁩</translation>
    </message>
    <message>
        <source>%1 %2 was withdrawn by its authors: %3</source>
        <translation>سحب المؤلفون ⁦%1 %2⁩: ⁨%3⁩</translation>
    </message>
    <message>
        <source>%1 changes its build from %2 to %3</source>
        <translation>يبدّل ⁨%1⁩ بناءه من ⁨%2⁩ إلى ⁨%3⁩</translation>
    </message>
    <message>
        <source>%1 goes down from %2 to %3</source>
        <translation>ينخفض ⁨%1⁩ من ⁨%2⁩ إلى ⁨%3⁩</translation>
    </message>
    <message>
        <source>The index gives no SHA-256 for %1, so the download cannot be compared with it</source>
        <translation>لا يعطي الفهرس SHA-256 لـ ⁨%1⁩، فلا يمكن مقارنة التنزيل به</translation>
    </message>
    <message>
        <source>installed twice</source>
        <translation>مثبّت مرتين</translation>
    </message>
    <message>
        <source>its %1 is missing</source>
        <translation>ملفه %1 مفقود</translation>
    </message>
    <message>
        <source>nothing needs it</source>
        <translation>لا شيء يحتاج إليه</translation>
    </message>
    <message>
        <source>only its build backend knows which of its files are installed</source>
        <translation>لا يعلم الملفات التي تُثبَّت منه إلا أداة بنائه</translation>
    </message>
    <message>
        <source>part of the project</source>
        <translation>جزء من المشروع</translation>
    </message>
    <message>
        <source>you asked</source>
        <translation>طلبتها أنت</translation>
    </message>
    <message>
        <source>“%1” is a folder with sources (%2) and is left out: it would have to be built</source>
        <translation>«⁨%1⁩» مجلد مصادر (⁨%2⁩) وقد تُرك: كان لا بد من بنائه</translation>
    </message>
</context>
<context>
    <name>process</name>
    <message>
        <source>There is no program “%1”</source>
        <translation>لا برنامج اسمه «⁨%1⁩»</translation>
    </message>
    <message>
        <source>There is no program “%1” on PATH</source>
        <translation>لا برنامج اسمه «⁨%1⁩» في PATH</translation>
    </message>
    <message>
        <source>“%1” cannot be started: the interpreter or loader it asks for is missing</source>
        <translation>تعذّر تشغيل «⁨%1⁩»: المفسّر أو المحمّل الذي يطلبه ناقص</translation>
    </message>
    <message>
        <source>“%1” cannot run in “%2”: there is no such folder</source>
        <translation>لا يعمل «⁨%1⁩» في «⁨%2⁩»: لا مجلد كهذا</translation>
    </message>
    <message>
        <source>“%1” could not be started</source>
        <translation>تعذّر تشغيل «⁨%1⁩»</translation>
    </message>
    <message>
        <source>“%1” is not a program for this computer</source>
        <translation>«⁨%1⁩» ليس برنامجًا لهذا الحاسوب</translation>
    </message>
    <message>
        <source>“%1” may not be run by this user</source>
        <translation>لا يحق لهذا المستخدم تشغيل «⁨%1⁩»</translation>
    </message>
</context>
<context>
    <name>project</name>
    <message>
        <source>%1 is not an HTTP status</source>
        <translation>⁨%1⁩ ليس حالة HTTP</translation>
    </message>
    <message>
        <source>A set in “%1” needs two different entries or more</source>
        <translation>المجموعة في «⁨%1⁩» تحتاج إلى مدخلين مختلفين أو أكثر</translation>
    </message>
    <message>
        <source>A table in “%1” can only be { include-group = "…" }</source>
        <translation>الجدول في «⁨%1⁩» لا يكون إلا { include-group = "…" }</translation>
    </message>
    <message>
        <source>A table in “%1” needs the keys package and dependencies</source>
        <translation>الجدول في «⁨%1⁩» يحتاج إلى المفتاحين package و dependencies</translation>
    </message>
    <message>
        <source>Add %1 = { workspace = true } to [tool.uv.sources]</source>
        <translation>أضف ⁨%1⁩ = { workspace = true } إلى [tool.uv.sources]</translation>
    </message>
    <message>
        <source>Add [project] with a name, or exclude the folder in [tool.uv.workspace]</source>
        <translation>أضف [project] مع اسم، أو استبعد المجلد في [tool.uv.workspace]</translation>
    </message>
    <message>
        <source>Add an index of that name to [[tool.uv.index]]</source>
        <translation>أضف فهرسًا بذلك الاسم إلى [[tool.uv.index]]</translation>
    </message>
    <message>
        <source>Add its folder to members of [tool.uv.workspace], or give the source a path</source>
        <translation>أضف مجلده إلى members في [tool.uv.workspace]، أو أعط المصدر مسارًا</translation>
    </message>
    <message>
        <source>Add name = "…"</source>
        <translation>أضف name = "…"</translation>
    </message>
    <message>
        <source>Add name = "…" to [project]</source>
        <translation>أضف name = "…" إلى [project]</translation>
    </message>
    <message>
        <source>Add url = "…"</source>
        <translation>أضف url = "…"</translation>
    </message>
    <message>
        <source>Add version = "0.1.0" to [project]</source>
        <translation>أضف version = "0.1.0" إلى [project]</translation>
    </message>
    <message>
        <source>An entry of “%1” has no name</source>
        <translation>مدخل في «⁨%1⁩» بلا اسم</translation>
    </message>
    <message>
        <source>An entry of “%1” names both an extra and a group</source>
        <translation>مدخل في «⁨%1⁩» يسمّي ميزة ومجموعة معًا</translation>
    </message>
    <message>
        <source>An entry of “%1” names no package, extra or group</source>
        <translation>مدخل في «⁨%1⁩» لا يسمّي حزمة ولا ميزة ولا مجموعة</translation>
    </message>
    <message>
        <source>An explicit index has no name, so no source can ask for it</source>
        <translation>فهرس صريح بلا اسم، فلا يستطيع مصدر أن يطلبه</translation>
    </message>
    <message>
        <source>An index cannot be called “%1”: letters, digits, “-”, “_” and “.” only</source>
        <translation>لا يمكن أن يُسمّى فهرس «⁨%1⁩»: حروف وأرقام و«-» و«_» و«.» فقط</translation>
    </message>
    <message>
        <source>An index has no url</source>
        <translation>فهرس بلا url</translation>
    </message>
    <message>
        <source>Choose the folder of a project</source>
        <translation>اختر مجلد مشروع</translation>
    </message>
    <message>
        <source>Decide between the two sides and remove the lines with &lt;&lt;&lt;&lt;&lt;&lt;&lt;, ======= and &gt;&gt;&gt;&gt;&gt;&gt;&gt;</source>
        <translation>اختر أحد الطرفين وأزل السطور التي فيها &lt;&lt;&lt;&lt;&lt;&lt;&lt; و ======= و &gt;&gt;&gt;&gt;&gt;&gt;&gt;</translation>
    </message>
    <message>
        <source>Give each source a marker, an extra or a group of its own</source>
        <translation>أعط كل مصدر شرطًا أو ميزة أو مجموعة خاصة به</translation>
    </message>
    <message>
        <source>Groups include groups more than %1 deep</source>
        <translation>المجموعات تضم مجموعات أعمق من ⁨%1⁩</translation>
    </message>
    <message>
        <source>Keep one of them, or write a list of sources with different markers</source>
        <translation>أبقِ واحدًا منها، أو اكتب قائمة مصادر بشروط مختلفة</translation>
    </message>
    <message>
        <source>No index here is called “%1”</source>
        <translation>لا فهرس هنا اسمه «⁨%1⁩»</translation>
    </message>
    <message>
        <source>Open a folder with one of these files</source>
        <translation>افتح مجلدًا فيه أحد هذه الملفات</translation>
    </message>
    <message>
        <source>Open the folder of the project</source>
        <translation>افتح مجلد المشروع</translation>
    </message>
    <message>
        <source>Take it from an index, a path or the address of a wheel</source>
        <translation>خذه من فهرس أو مسار أو عنوان wheel</translation>
    </message>
    <message>
        <source>The groups include each other in a circle: %1</source>
        <translation>المجموعات يضم بعضها بعضًا في حلقة: ⁨%1⁩</translation>
    </message>
    <message>
        <source>The requirements stand in [tool.poetry], which only Poetry reads</source>
        <translation>المتطلبات مكتوبة في [tool.poetry]، ولا يقرؤه إلا Poetry</translation>
    </message>
    <message>
        <source>The requirements stand in [tool.poetry], which only Poetry reads; [project] is missing</source>
        <translation>المتطلبات في [tool.poetry]، ولا يقرؤه إلا Poetry؛ و[project] ناقص</translation>
    </message>
    <message>
        <source>The source of “%1” has no effect: the project itself does not ask for it, and sources do not reach what others need</source>
        <translation>لا أثر لمصدر «⁨%1⁩»: المشروع نفسه لا يطلبه، والمصادر لا تبلغ ما يحتاج إليه غيره</translation>
    </message>
    <message>
        <source>There is no group “%1”</source>
        <translation>لا مجموعة اسمها «⁨%1⁩»</translation>
    </message>
    <message>
        <source>There is no index called “%1”</source>
        <translation>لا فهرس اسمه «⁨%1⁩»</translation>
    </message>
    <message>
        <source>There is no pyproject.toml in “%1” or above it</source>
        <translation>لا pyproject.toml في «⁨%1⁩» ولا فوقه</translation>
    </message>
    <message>
        <source>There is no text in quotes</source>
        <translation>لا يوجد نص بين علامتي اقتباس</translation>
    </message>
    <message>
        <source>Two indexes are called “%1”</source>
        <translation>فهرسان اسمهما «⁨%1⁩»</translation>
    </message>
    <message>
        <source>Two indexes are marked as the default; there can be one</source>
        <translation>فهرسان معلّمان افتراضيين، ولا يكون إلا واحد</translation>
    </message>
    <message>
        <source>Two members of the workspace are called “%1”: %2 and %3</source>
        <translation>عضوان في مساحة العمل اسمهما «⁨%1⁩»: ⁨%2⁩ و⁨%3⁩</translation>
    </message>
    <message>
        <source>Two sources in “%1” apply at once: their markers overlap</source>
        <translation>مصدران في «⁨%1⁩» يسريان معًا: شروطهما متداخلة</translation>
    </message>
    <message>
        <source>Write one entry for each</source>
        <translation>اكتب مدخلًا لكل واحد</translation>
    </message>
    <message>
        <source>Write one of %1</source>
        <translation>اكتب واحدًا من ⁨%1⁩</translation>
    </message>
    <message>
        <source>Write one source for each</source>
        <translation>اكتب مصدرًا لكل واحد</translation>
    </message>
    <message>
        <source>Write { package = { name = "…" }, dependencies = ["…"] }</source>
        <translation>اكتب { package = { name = "…" }, dependencies = ["…"] }</translation>
    </message>
    <message>
        <source>Write “%1”</source>
        <translation>اكتب «⁨%1⁩»</translation>
    </message>
    <message>
        <source>Write “%1” in place of “%2”</source>
        <translation>اكتب «⁨%1⁩» مكان «⁨%2⁩»</translation>
    </message>
    <message>
        <source>[project] has no name</source>
        <translation>ليس في [project] اسم</translation>
    </message>
    <message>
        <source>[project] has no version, and “dynamic” does not list it</source>
        <translation>ليس في [project] إصدار، ولا يذكره «dynamic»</translation>
    </message>
    <message>
        <source>a date or time</source>
        <translation>تاريخ أو وقت</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>قائمة</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>عدد</translation>
    </message>
    <message>
        <source>a table</source>
        <translation>جدول</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>عدد صحيح</translation>
    </message>
    <message>
        <source>here should be a value; text needs quotes around it</source>
        <translation>ينبغي أن تكون هنا قيمة؛ والنص يحتاج إلى علامتي اقتباس</translation>
    </message>
    <message>
        <source>it ends in the middle</source>
        <translation>ينتهي في الوسط</translation>
    </message>
    <message>
        <source>it has no [project] table</source>
        <translation>ليس فيه جدول [project]</translation>
    </message>
    <message>
        <source>its build backend is code of its own</source>
        <translation>أداة بنائه شيفرة خاصة به</translation>
    </message>
    <message>
        <source>its build backend “%1” would have to run</source>
        <translation>يجب تشغيل أداة بنائه “%1”</translation>
    </message>
    <message>
        <source>text</source>
        <translation>نص</translation>
    </message>
    <message>
        <source>there is a control character in a text</source>
        <translation>في نص محرف تحكم</translation>
    </message>
    <message>
        <source>there is no module “%1” in “%2”</source>
        <translation>لا توجد وحدة “%1” في “%2”</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true أو false</translation>
    </message>
    <message>
        <source>while reading %1</source>
        <translation>أثناء قراءة ⁨%1⁩</translation>
    </message>
    <message>
        <source>“%1” and “%2” are the same name</source>
        <translation>«⁨%1⁩» و«⁨%2⁩» اسم واحد</translation>
    </message>
    <message>
        <source>“%1” cannot be “%2”</source>
        <translation>لا يمكن أن يكون «⁨%1⁩» «⁨%2⁩»</translation>
    </message>
    <message>
        <source>“%1” cannot stand in “%2”: only package, extra and group can</source>
        <translation>لا يمكن أن يكون «⁨%1⁩» في «⁨%2⁩»: لا يصح إلا package و extra و group</translation>
    </message>
    <message>
        <source>“%1” comes from a Git repository, which cannot be read yet</source>
        <translation>يأتي «⁨%1⁩» من مستودع Git، ولا يمكن قراءته بعد</translation>
    </message>
    <message>
        <source>“%1” does not exist</source>
        <translation>«⁨%1⁩» غير موجود</translation>
    </message>
    <message>
        <source>“%1” does not say where to take the package from</source>
        <translation>لا يقول «⁨%1⁩» من أين تؤخذ الحزمة</translation>
    </message>
    <message>
        <source>“%1” holds no pyproject.toml, requirements.txt or requirements.in</source>
        <translation>ليس في «⁨%1⁩» أي من pyproject.toml أو requirements.txt أو requirements.in</translation>
    </message>
    <message>
        <source>“%1” holds two versions that git could not merge</source>
        <translation>في «⁨%1⁩» نسختان لم يستطع git دمجهما</translation>
    </message>
    <message>
        <source>“%1” is a member of the workspace and has no [project] table</source>
        <translation>«⁨%1⁩» عضو في مساحة العمل وليس فيه جدول [project]</translation>
    </message>
    <message>
        <source>“%1” is a member of the workspace, and nothing says to take it from there</source>
        <translation>«⁨%1⁩» عضو في مساحة العمل، ولا شيء يقول أن يؤخذ منها</translation>
    </message>
    <message>
        <source>“%1” is an empty list</source>
        <translation>«⁨%1⁩» قائمة فارغة</translation>
    </message>
    <message>
        <source>“%1” is dynamic: only a build of the project can say it</source>
        <translation>«⁨%1⁩» متغيّر: لا يقوله إلا بناء المشروع</translation>
    </message>
    <message>
        <source>“%1” is dynamic: only a build of the project can say it, so it counts as empty here</source>
        <translation>«⁨%1⁩» متغيّر: لا يقوله إلا بناء المشروع، فيُعدّ هنا فارغًا</translation>
    </message>
    <message>
        <source>“%1” is listed as dynamic and written down as well</source>
        <translation>«⁨%1⁩» مذكور متغيّرًا ومكتوب أيضًا</translation>
    </message>
    <message>
        <source>“%1” is neither a pyproject.toml nor a requirements file (.txt, .in)</source>
        <translation>«⁨%1⁩» ليس pyproject.toml ولا ملف متطلبات (.txt أو .in)</translation>
    </message>
    <message>
        <source>“%1” is not a key of [%2] and is ignored</source>
        <translation>«⁨%1⁩» ليس مفتاحًا في [⁨%2⁩] فيُهمل</translation>
    </message>
    <message>
        <source>“%1” is not a key of [%2] and is ignored; “%3” is</source>
        <translation>«⁨%1⁩» ليس مفتاحًا في [⁨%2⁩] فيُهمل، بل «⁨%3⁩»</translation>
    </message>
    <message>
        <source>“%1” is not a list</source>
        <translation>«⁨%1⁩» ليست قائمة</translation>
    </message>
    <message>
        <source>“%1” is not a member of the workspace</source>
        <translation>«⁨%1⁩» ليس عضوًا في مساحة العمل</translation>
    </message>
    <message>
        <source>“%1” is not a table of pyproject.toml and is ignored; tools write below [tool]</source>
        <translation>«⁨%1⁩» ليس جدولًا في pyproject.toml فيُهمل؛ الأدوات تكتب تحت [tool]</translation>
    </message>
    <message>
        <source>“%1” is not an address that can be read</source>
        <translation>«⁨%1⁩» ليس عنوانًا مقروءًا</translation>
    </message>
    <message>
        <source>“%1” is not valid TOML: %2</source>
        <translation>«⁨%1⁩» ليس TOML صالحًا: ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” must be %2, and is %3</source>
        <translation>يجب أن يكون «⁨%1⁩» ⁨%2⁩، وهو ⁨%3⁩</translation>
    </message>
    <message>
        <source>“%1” names %2 at once</source>
        <translation>«⁨%1⁩» يسمّي ⁨%2⁩ معًا</translation>
    </message>
    <message>
        <source>“%1” names both an extra and a group</source>
        <translation>«⁨%1⁩» يسمّي ميزة ومجموعة معًا</translation>
    </message>
    <message>
        <source>“%1” names several sources, and one of them applies everywhere</source>
        <translation>«⁨%1⁩» يسمّي عدة مصادر، وأحدها يسري في كل مكان</translation>
    </message>
    <message>
        <source>“%1” nests tables deeper than %2 levels</source>
        <translation>«⁨%1⁩» فيه جداول متداخلة أعمق من ⁨%2⁩ من المستويات</translation>
    </message>
    <message>
        <source>“%1” of [tool.uv.pip] has no effect here</source>
        <translation>لا أثر هنا لـ «⁨%1⁩» في [tool.uv.pip]</translation>
    </message>
    <message>
        <source>“%1” of [tool.uv] has no effect here</source>
        <translation>لا أثر هنا لـ «⁨%1⁩» في [tool.uv]</translation>
    </message>
    <message>
        <source>“%1” stands there twice</source>
        <translation>«⁨%1⁩» مكتوب مرتين</translation>
    </message>
    <message>
        <source>“%1” takes effect in a build only</source>
        <translation>لا أثر لـ“%1” إلا عند البناء</translation>
    </message>
    <message>
        <source>“default-groups” names the group “%1”, which does not exist</source>
        <translation>يسمّي «default-groups» المجموعة «⁨%1⁩»، وهي غير موجودة</translation>
    </message>
    <message>
        <source>“name” cannot be dynamic</source>
        <translation>لا يمكن أن يكون «name» متغيّرًا</translation>
    </message>
    <message>
        <source>“project” is no table</source>
        <translation>ليس «project» جدولًا</translation>
    </message>
    <message>
        <source>“workspace” can only be true in a source</source>
        <translation>لا يكون «workspace» في مصدر إلا true</translation>
    </message>
</context>
<context>
    <name>python</name>
    <message>
        <source>%1 %2 at %3: %4</source>
        <translation>⁦%1 %2⁩ في ⁨%3⁩: ⁨%4⁩</translation>
    </message>
    <message>
        <source>%1: another version</source>
        <translation>⁨%1⁩: إصدار آخر</translation>
    </message>
    <message>
        <source>Found:
%1</source>
        <translation>وُجد:
⁨%1⁩</translation>
    </message>
    <message>
        <source>Install a Python that fits</source>
        <translation>ثبّت Python مناسبًا</translation>
    </message>
    <message>
        <source>Left out: %1</source>
        <translation>تُرك: ⁨%1⁩</translation>
    </message>
    <message>
        <source>No Python was found</source>
        <translation>لم يُعثر على Python</translation>
    </message>
    <message>
        <source>No Python was found that fits the project, which needs %1</source>
        <translation>لم يُعثر على Python يناسب المشروع، وهو يحتاج إلى ⁨%1⁩</translation>
    </message>
    <message>
        <source>No Python was found that is “%1”</source>
        <translation>لم يُعثر على Python هو «⁨%1⁩»</translation>
    </message>
    <message>
        <source>No Python was found that is “%1” and fits the project, which needs %2</source>
        <translation>لم يُعثر على Python هو «⁨%1⁩» ويناسب المشروع، وهو يحتاج إلى ⁨%2⁩</translation>
    </message>
    <message>
        <source>Nothing like a Python lies on PATH, in pyenv, conda or uv</source>
        <translation>لا شيء يشبه Python في PATH أو pyenv أو conda أو uv</translation>
    </message>
    <message>
        <source>Set UV_PYTHON to the path of a Python</source>
        <translation>اضبط UV_PYTHON على مسار Python</translation>
    </message>
    <message>
        <source>The folder “%1” holds no Python</source>
        <translation>ليس في المجلد «⁨%1⁩» Python</translation>
    </message>
    <message>
        <source>There is no Python “%1” on PATH</source>
        <translation>لا Python اسمه «⁨%1⁩» في PATH</translation>
    </message>
    <message>
        <source>Write a version such as 3.12, a range such as &gt;=3.11, or the path of a Python</source>
        <translation>اكتب إصدارًا مثل 3.12، أو مجالًا مثل &gt;=3.11، أو مسار Python</translation>
    </message>
    <message>
        <source>belongs to a virtual environment</source>
        <translation>ينتمي إلى بيئة افتراضية</translation>
    </message>
    <message>
        <source>not %1</source>
        <translation>ليس ⁨%1⁩</translation>
    </message>
    <message>
        <source>the project needs %1</source>
        <translation>يحتاج المشروع إلى ⁨%1⁩</translation>
    </message>
    <message>
        <source>“%1” belongs to pyenv, which has no version selected for it</source>
        <translation>«⁨%1⁩» تابع لـ pyenv، ولم يُختر له إصدار فيه</translation>
    </message>
    <message>
        <source>“%1” crashed when it was asked for its version (signal %2)</source>
        <translation>انهار «⁨%1⁩» حين سُئل عن إصداره (الإشارة ⁨%2⁩)</translation>
    </message>
    <message>
        <source>“%1” did not answer within %2 seconds</source>
        <translation>لم يُجب «⁨%1⁩» خلال ⁨%2⁩ من الثواني</translation>
    </message>
    <message>
        <source>“%1” is Python %2, but the project needs %3</source>
        <translation>«⁨%1⁩» هو ⁦Python %2⁩، لكن المشروع يحتاج إلى ⁨%3⁩</translation>
    </message>
    <message>
        <source>“%1” is Python %2; 3.6 is the oldest that can be used</source>
        <translation>«⁨%1⁩» هو ⁦Python %2⁩، وأقدم ما يمكن استخدامه 3.6</translation>
    </message>
    <message>
        <source>“%1” is no Python that works: it ended with status %2</source>
        <translation>«⁨%1⁩» ليس Python يعمل: انتهى بالحالة ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” is no Python: its answer cannot be understood</source>
        <translation>«⁨%1⁩» ليس Python: لا يُفهم جوابه</translation>
    </message>
    <message>
        <source>“%1” is older than Python 3.6</source>
        <translation>«⁨%1⁩» أقدم من Python 3.6</translation>
    </message>
    <message>
        <source>“%1” names no Python</source>
        <translation>«⁨%1⁩» لا يسمّي Python</translation>
    </message>
</context>
<context>
    <name>requirements</name>
    <message>
        <source>A package, path or URL is missing</source>
        <translation>تنقص حزمة أو مسار أو عنوان URL</translation>
    </message>
    <message>
        <source>The list of extras after “[” has no “]” at its end</source>
        <translation>قائمة الميزات بعد «[» ليس في نهايتها «]»</translation>
    </message>
    <message>
        <source>The requirement “%1” ends where %2 is needed</source>
        <translation>ينتهي المتطلب «⁨%1⁩» حيث يلزم ⁨%2⁩</translation>
    </message>
    <message>
        <source>This line cannot be read with the value of %1</source>
        <translation>لا يُقرأ هذا السطر بقيمة ⁨%1⁩</translation>
    </message>
    <message>
        <source>a URL or path</source>
        <translation>عنوان URL أو مسار</translation>
    </message>
    <message>
        <source>a version specifier, “@”, “;” or the end</source>
        <translation>محدّد إصدار أو «@» أو «;» أو النهاية</translation>
    </message>
    <message>
        <source>the name of a package</source>
        <translation>اسم حزمة</translation>
    </message>
    <message>
        <source>the name of an extra</source>
        <translation>اسم ميزة</translation>
    </message>
    <message>
        <source>“%1” follows an option, where only a further option can stand</source>
        <translation>«⁨%1⁩» بعد خيار، حيث لا يصح إلا خيار آخر</translation>
    </message>
    <message>
        <source>“%1” has characters that are none</source>
        <translation>في «⁨%1⁩» ما ليس محارف</translation>
    </message>
    <message>
        <source>“%1” has no effect here</source>
        <translation>لا أثر لـ «⁨%1⁩» هنا</translation>
    </message>
    <message>
        <source>“%1” includes itself: %2</source>
        <translation>«⁨%1⁩» يضم نفسه: ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” is not a URL</source>
        <translation>«⁨%1⁩» ليس عنوان URL</translation>
    </message>
    <message>
        <source>“%1” is not a hash: it should look like “sha256:2c26b4…”</source>
        <translation>«⁨%1⁩» ليست بصمة: ينبغي أن تكون مثل «sha256:2c26b4…»</translation>
    </message>
    <message>
        <source>“%1” is not an option of requirements files</source>
        <translation>«⁨%1⁩» ليس من خيارات ملفات المتطلبات</translation>
    </message>
    <message>
        <source>“%1” is not an option of requirements files; did you mean “%2”?</source>
        <translation>«⁨%1⁩» ليس من خيارات ملفات المتطلبات؛ هل قصدت «⁨%2⁩»؟</translation>
    </message>
    <message>
        <source>“%1” needs a value</source>
        <translation>«⁨%1⁩» يحتاج إلى قيمة</translation>
    </message>
    <message>
        <source>“%1” stands behind a requirement, where only “--hash” is possible</source>
        <translation>«⁨%1⁩» بعد متطلب، حيث لا يصح إلا «--hash»</translation>
    </message>
    <message>
        <source>“%1” stands where %2 is needed</source>
        <translation>«⁨%1⁩» حيث يلزم ⁨%2⁩</translation>
    </message>
    <message>
        <source>“(” has no “)” that ends the version specifiers</source>
        <translation>«(» بلا «)» تنهي محدّدات الإصدار</translation>
    </message>
    <message>
        <source>“,” or “]”</source>
        <translation>«,» أو «]»</translation>
    </message>
</context>
<context>
    <name>resolve</name>
    <message>
        <source>%1 %2, which no version can be</source>
        <translation>⁦%1 %2⁩، ولا إصدار يكون كذلك</translation>
    </message>
    <message>
        <source>%1 (your constraint)</source>
        <translation>⁨%1⁩ (قيدك)</translation>
    </message>
    <message>
        <source>%1 (your override)</source>
        <translation>⁨%1⁩ (تجاوزك)</translation>
    </message>
    <message>
        <source>%1 can be used</source>
        <translation>يمكن استخدام ⁨%1⁩</translation>
    </message>
    <message>
        <source>%1 cannot be read (%2)</source>
        <translation>تعذّرت قراءة ⁨%1⁩ (⁨%2⁩)</translation>
    </message>
    <message>
        <source>%1 cannot be used</source>
        <translation>لا يمكن استخدام ⁨%1⁩</translation>
    </message>
    <message>
        <source>%1 comes in a form that is not supported (%2)</source>
        <translation>يأتي ⁨%1⁩ في صورة غير مدعومة (⁨%2⁩)</translation>
    </message>
    <message>
        <source>%1 exclude each other</source>
        <translation>⁨%1⁩ لا تجتمع</translation>
    </message>
    <message>
        <source>%1 has no usable file but wheels, which are turned off</source>
        <translation>ليس لـ ⁨%1⁩ ملف صالح سوى ملفات wheel، وهي موقوفة</translation>
    </message>
    <message>
        <source>%1 has no wheel for %2</source>
        <translation>ليس لـ ⁨%1⁩ ملف wheel من أجل ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 has no wheel for the Pythons of the project (%2)</source>
        <translation>ليس لـ ⁨%1⁩ ملف wheel لإصدارات Python الخاصة بالمشروع (⁨%2⁩)</translation>
    </message>
    <message>
        <source>%1 has no wheel for this Python (%2)</source>
        <translation>ليس لـ ⁨%1⁩ ملف wheel لهذا الـ Python (⁨%2⁩)</translation>
    </message>
    <message>
        <source>%1 has no wheel for this Python's ABI (%2)</source>
        <translation>ليس لـ ⁨%1⁩ ملف wheel لـ ABI هذا الـ Python (⁨%2⁩)</translation>
    </message>
    <message>
        <source>%1 has no wheel for this platform (%2)</source>
        <translation>ليس لـ ⁨%1⁩ ملف wheel لهذه المنصة (⁨%2⁩)</translation>
    </message>
    <message>
        <source>%1 is newer than the cut-off date</source>
        <translation>⁨%1⁩ أحدث من تاريخ القطع</translation>
    </message>
    <message>
        <source>%1 needs %2</source>
        <translation>⁨%1⁩ يحتاج إلى ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 needs %2, which no version can be</source>
        <translation>⁨%1⁩ يحتاج إلى ⁨%2⁩، ولا إصدار يكون كذلك</translation>
    </message>
    <message>
        <source>%1 was yanked by its authors</source>
        <translation>⁨%1⁩ سحبه مؤلفوه</translation>
    </message>
    <message>
        <source>%1 was yanked by its authors (%2)</source>
        <translation>⁨%1⁩ سحبه مؤلفوه (⁨%2⁩)</translation>
    </message>
    <message>
        <source>Add “%1 @ %2” to your requirements</source>
        <translation>أضف «⁨%1⁩ @ ⁨%2⁩» إلى متطلباتك</translation>
    </message>
    <message>
        <source>Add “%1” to the dependencies with this place in tool.uv.sources</source>
        <translation>أضف «⁨%1⁩» إلى التبعيات مع هذا المكان في tool.uv.sources</translation>
    </message>
    <message>
        <source>Allow pre-releases: “%1” has %2 (--prerelease=allow)</source>
        <translation>اسمح بالإصدارات التمهيدية: لـ «⁨%1⁩» الإصدار ⁨%2⁩ (--prerelease=allow)</translation>
    </message>
    <message>
        <source>And because %1, %2</source>
        <translation>ولأن ⁨%1⁩، ⁨%2⁩</translation>
    </message>
    <message>
        <source>Ask for any version of “%1”</source>
        <translation>اطلب أي إصدار من «⁨%1⁩»</translation>
    </message>
    <message>
        <source>Because %1, %2</source>
        <translation>لأن ⁨%1⁩، ⁨%2⁩</translation>
    </message>
    <message>
        <source>Check the address and the login of %1: when asked for “%2” it answered with status %3</source>
        <translation>تحقق من عنوان ⁨%1⁩ وتسجيل الدخول فيه: حين سُئل عن «⁨%2⁩» أجاب بالحالة ⁨%3⁩</translation>
    </message>
    <message>
        <source>Choose a version of “%1” with a wheel: building from source is off</source>
        <translation>اختر إصدارًا من «⁨%1⁩» له wheel: البناء من المصدر موقوف</translation>
    </message>
    <message>
        <source>Declare that %1 and %2 exclude each other</source>
        <translation>صرّح بأن ⁨%1⁩ و⁨%2⁩ لا يجتمعان</translation>
    </message>
    <message>
        <source>Everything is to be upgraded</source>
        <translation>يُفترض ترقية كل شيء</translation>
    </message>
    <message>
        <source>If %1 does not have “%2”, let it say so: it answered with status %3, which ignore-error-codes of the index can name; then the next index is asked</source>
        <translation>إن لم يكن في ⁨%1⁩ «⁨%2⁩» فليقل ذلك: أجاب بالحالة ⁨%3⁩، ويمكن تسميتها في ignore-error-codes للفهرس، ثم يُسأل الفهرس التالي</translation>
    </message>
    <message>
        <source>Limit the entries of tool.uv.sources by markers that exclude each other, or declare the extras as conflicts</source>
        <translation>قيّد مداخل tool.uv.sources بشروط لا تجتمع، أو صرّح بتعارض الميزات</translation>
    </message>
    <message>
        <source>Limit the project to computers with %1 (environments)</source>
        <translation>اقصر المشروع على الحواسيب التي فيها ⁨%1⁩ (environments)</translation>
    </message>
    <message>
        <source>Move the cut-off date: “%1” %2 was uploaded on %3, and files from %4 on are left out</source>
        <translation>حرّك تاريخ القطع: رُفع «⁨%1⁩» ⁨%2⁩ في ⁨%3⁩، والملفات من ⁨%4⁩ فصاعدًا متروكة</translation>
    </message>
    <message>
        <source>Name an index: all indexes are turned off</source>
        <translation>سمّ فهرسًا: كل الفهارس موقوفة</translation>
    </message>
    <message>
        <source>No version of %1 is both %2 and %3</source>
        <translation>لا إصدار من ⁨%1⁩ يحقق ⁨%2⁩ و⁨%3⁩ معًا</translation>
    </message>
    <message>
        <source>Reading versions: %1</source>
        <translation>قراءة الإصدارات: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Reading what it needs: %1 %2</source>
        <translation>قراءة ما يحتاج إليه: ⁦%1 %2⁩</translation>
    </message>
    <message>
        <source>Reading what “%1” needs, which is asked for by %2</source>
        <translation>عند قراءة ما يحتاج إليه «⁨%1⁩»، وقد طلبه ⁨%2⁩</translation>
    </message>
    <message>
        <source>Search all indexes, if you trust them equally: “%1” was found on %2, so %3 was not asked (--index-strategy unsafe-best-match)</source>
        <translation>ابحث في كل الفهارس إن كنت تثق بها بالتساوي: وُجد «⁨%1⁩» في ⁨%2⁩، فلم يُسأل ⁨%3⁩ (--index-strategy unsafe-best-match)</translation>
    </message>
    <message>
        <source>Set requires-python to “%1”</source>
        <translation>اضبط requires-python على «⁨%1⁩»</translation>
    </message>
    <message>
        <source>So %1</source>
        <translation>إذن ⁨%1⁩</translation>
    </message>
    <message>
        <source>Some packages are to be upgraded</source>
        <translation>يُفترض ترقية بعض الحزم</translation>
    </message>
    <message>
        <source>Take “%1” from %2</source>
        <translation>خذ «⁨%1⁩» من ⁨%2⁩</translation>
    </message>
    <message>
        <source>The forks of the lock are not those that the project needs</source>
        <translation>فروع ملف القفل ليست ما يحتاج إليه المشروع</translation>
    </message>
    <message>
        <source>The groups of the workspace ask for other packages</source>
        <translation>مجموعات مساحة العمل تطلب حزمًا أخرى</translation>
    </message>
    <message>
        <source>The indexes are to be asked again</source>
        <translation>ينبغي سؤال الفهارس من جديد</translation>
    </message>
    <message>
        <source>The project asks for other versions: highest or lowest</source>
        <translation>يطلب المشروع إصدارات أخرى: الأعلى أو الأدنى</translation>
    </message>
    <message>
        <source>The project declares other conflicts</source>
        <translation>يصرّح المشروع بتعارضات أخرى</translation>
    </message>
    <message>
        <source>The project excludes other packages</source>
        <translation>يستبعد المشروع حزمًا أخرى</translation>
    </message>
    <message>
        <source>The project has another cut-off date (exclude-newer)</source>
        <translation>للمشروع تاريخ قطع آخر (exclude-newer)</translation>
    </message>
    <message>
        <source>The project has another fork strategy</source>
        <translation>للمشروع طريقة تفريع أخرى</translation>
    </message>
    <message>
        <source>The project has other constraints</source>
        <translation>للمشروع قيود أخرى</translation>
    </message>
    <message>
        <source>The project has other constraints for builds</source>
        <translation>للمشروع قيود بناء أخرى</translation>
    </message>
    <message>
        <source>The project has other overrides</source>
        <translation>للمشروع تجاوزات أخرى</translation>
    </message>
    <message>
        <source>The project has other rules for pre-releases</source>
        <translation>للمشروع قواعد أخرى للإصدارات التمهيدية</translation>
    </message>
    <message>
        <source>The project is for other Pythons: %1 now, %2 in the lock</source>
        <translation>المشروع لإصدارات Python أخرى: ⁨%1⁩ الآن، و⁨%2⁩ في ملف القفل</translation>
    </message>
    <message>
        <source>The project is for other environments</source>
        <translation>المشروع لبيئات أخرى</translation>
    </message>
    <message>
        <source>The project requires other environments</source>
        <translation>يشترط المشروع بيئات أخرى</translation>
    </message>
    <message>
        <source>The project states other metadata for packages</source>
        <translation>يذكر المشروع بيانات وصفية أخرى للحزم</translation>
    </message>
    <message>
        <source>The workspace has other members</source>
        <translation>لمساحة العمل أعضاء آخرون</translation>
    </message>
    <message>
        <source>Trying a way out: %1</source>
        <translation>تجربة مخرج: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Use another Python: %1</source>
        <translation>استخدم Python آخر: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Write it like 2026-01-31 or 7 days</source>
        <translation>اكتبه مثل 2026-01-31 أو 7 days</translation>
    </message>
    <message>
        <source>another version of itself (%1)</source>
        <translation>إصدار آخر من نفسه (⁨%1⁩)</translation>
    </message>
    <message>
        <source>each of %1</source>
        <translation>كل واحد من ⁨%1⁩</translation>
    </message>
    <message>
        <source>each of %1 versions of %2</source>
        <translation>كل واحد من ⁨%1⁩ من إصدارات ⁨%2⁩</translation>
    </message>
    <message>
        <source>every %1</source>
        <translation>كل ⁨%1⁩</translation>
    </message>
    <message>
        <source>every version of %1</source>
        <translation>كل إصدار من ⁨%1⁩</translation>
    </message>
    <message>
        <source>from %1 on</source>
        <translation>من ⁨%1⁩ فصاعدًا</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>من ⁨%1⁩ إلى ⁨%2⁩</translation>
    </message>
    <message>
        <source>no %1</source>
        <translation>لا ⁨%1⁩</translation>
    </message>
    <message>
        <source>no index has %1</source>
        <translation>ليس في أي فهرس ⁨%1⁩</translation>
    </message>
    <message>
        <source>no version of %1</source>
        <translation>لا إصدار من ⁨%1⁩</translation>
    </message>
    <message>
        <source>none of %1</source>
        <translation>لا شيء من ⁨%1⁩</translation>
    </message>
    <message>
        <source>none of %1 versions of %2</source>
        <translation>لا شيء من ⁨%1⁩ من إصدارات ⁨%2⁩</translation>
    </message>
    <message>
        <source>only one %1 can be in use</source>
        <translation>لا يُستخدم إلا ⁨%1⁩ واحد</translation>
    </message>
    <message>
        <source>or</source>
        <translation>أو</translation>
    </message>
    <message>
        <source>other than %1</source>
        <translation>غير ⁨%1⁩</translation>
    </message>
    <message>
        <source>the extra “%1” of “%2”</source>
        <translation>الميزة «⁨%1⁩» من «⁨%2⁩»</translation>
    </message>
    <message>
        <source>the group “%1” of “%2”</source>
        <translation>المجموعة «⁨%1⁩» من «⁨%2⁩»</translation>
    </message>
    <message>
        <source>the newest stable version of %1 is %2</source>
        <translation>أحدث إصدار مستقر من ⁨%1⁩ هو ⁨%2⁩</translation>
    </message>
    <message>
        <source>the newest version of %1 is %2</source>
        <translation>أحدث إصدار من ⁨%1⁩ هو ⁨%2⁩</translation>
    </message>
    <message>
        <source>the oldest stable version of %1 is %2</source>
        <translation>أقدم إصدار مستقر من ⁨%1⁩ هو ⁨%2⁩</translation>
    </message>
    <message>
        <source>the oldest version of %1 is %2</source>
        <translation>أقدم إصدار من ⁨%1⁩ هو ⁨%2⁩</translation>
    </message>
    <message>
        <source>the only stable version of %1 is %2</source>
        <translation>الإصدار المستقر الوحيد من ⁨%1⁩ هو ⁨%2⁩</translation>
    </message>
    <message>
        <source>the only version of %1 is %2</source>
        <translation>الإصدار الوحيد من ⁨%1⁩ هو ⁨%2⁩</translation>
    </message>
    <message>
        <source>the project is for Python %1</source>
        <translation>المشروع من أجل ⁦Python %1⁩</translation>
    </message>
    <message>
        <source>there is no %1 %2</source>
        <translation>لا يوجد ⁦%1 %2⁩</translation>
    </message>
    <message>
        <source>there is no index to find %1 on</source>
        <translation>لا فهرس يوجد فيه ⁨%1⁩</translation>
    </message>
    <message>
        <source>there is no version of %1</source>
        <translation>لا إصدار من ⁨%1⁩</translation>
    </message>
    <message>
        <source>there is no version of %1 that is %2</source>
        <translation>لا إصدار من ⁨%1⁩ هو ⁨%2⁩</translation>
    </message>
    <message>
        <source>this is Python %1</source>
        <translation>هذا ⁦Python %1⁩</translation>
    </message>
    <message>
        <source>together with</source>
        <translation>مع</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>حتى ⁨%1⁩</translation>
    </message>
    <message>
        <source>with</source>
        <translation>مع</translation>
    </message>
    <message>
        <source>with building off %1 has no usable file</source>
        <translation>بإيقاف البناء ليس لـ ⁨%1⁩ ملف صالح</translation>
    </message>
    <message>
        <source>you ask for %1</source>
        <translation>أنت تطلب ⁨%1⁩</translation>
    </message>
    <message>
        <source>your requirements cannot be met</source>
        <translation>لا يمكن تحقيق متطلباتك</translation>
    </message>
    <message>
        <source>your requirements need %1</source>
        <translation>متطلباتك تحتاج إلى ⁨%1⁩</translation>
    </message>
    <message>
        <source>your requirements rule out %1</source>
        <translation>متطلباتك تستبعد ⁨%1⁩</translation>
    </message>
    <message>
        <source>“%1” %2 has no extra named “%3”</source>
        <translation>ليس في «⁨%1⁩» ⁨%2⁩ ميزة اسمها «⁨%3⁩»</translation>
    </message>
    <message>
        <source>“%1” %2 has wheels for these ABIs: %3</source>
        <translation>لـ «⁨%1⁩» ⁨%2⁩ ملفات wheel لهذه الـ ABI: ⁨%3⁩</translation>
    </message>
    <message>
        <source>“%1” %2 has wheels for these Pythons: %3</source>
        <translation>لـ «⁨%1⁩» ⁨%2⁩ ملفات wheel لإصدارات Python هذه: ⁨%3⁩</translation>
    </message>
    <message>
        <source>“%1” %2 has wheels for these platforms: %3</source>
        <translation>لـ «⁨%1⁩» ⁨%2⁩ ملفات wheel لهذه المنصات: ⁨%3⁩</translation>
    </message>
    <message>
        <source>“%1” %2 was yanked by its authors</source>
        <translation>«⁨%1⁩» ⁨%2⁩ سحبه مؤلفوه</translation>
    </message>
    <message>
        <source>“%1” %2 was yanked by its authors: %3</source>
        <translation>«⁨%1⁩» ⁨%2⁩ سحبه مؤلفوه: ⁨%3⁩</translation>
    </message>
    <message>
        <source>“%1” asks for other packages than before</source>
        <translation>يطلب «⁨%1⁩» حزمًا غير ما كان</translation>
    </message>
    <message>
        <source>“%1” calls itself %2 %3</source>
        <translation>«⁨%1⁩» يسمّي نفسه ⁦%2 %3⁩</translation>
    </message>
    <message>
        <source>“%1” comes from an index that the project does not use any more</source>
        <translation>يأتي «⁨%1⁩» من فهرس لم يعد المشروع يستخدمه</translation>
    </message>
    <message>
        <source>“%1” is asked for at two addresses: %2 and %3</source>
        <translation>«⁨%1⁩» مطلوب من عنوانين: ⁨%2⁩ و⁨%3⁩</translation>
    </message>
    <message>
        <source>“%1” is asked for at two places: %2 and %3</source>
        <translation>«⁨%1⁩» مطلوب من مكانين: ⁨%2⁩ و⁨%3⁩</translation>
    </message>
    <message>
        <source>“%1” is asked for without a lower bound, so its oldest version was chosen</source>
        <translation>«⁨%1⁩» مطلوب بلا حد أدنى، فاختير أقدم إصدار منه</translation>
    </message>
    <message>
        <source>“%1” is needed from a place of its own, %2, which the project does not name</source>
        <translation>«⁨%1⁩» مطلوب من مكان خاص به، ⁨%2⁩، ولا يسمّيه المشروع</translation>
    </message>
    <message>
        <source>“%1” is needed from an address of its own, %2, which you did not ask for</source>
        <translation>«⁨%1⁩» مطلوب من عنوان خاص به، ⁨%2⁩، ولم تطلبه أنت</translation>
    </message>
    <message>
        <source>“%1” is neither a date nor a span of time</source>
        <translation>«⁨%1⁩» ليس تاريخًا ولا مدة</translation>
    </message>
    <message>
        <source>“%1” is to come from two indexes: %2 and %3</source>
        <translation>يُفترض أن يأتي «⁨%1⁩» من فهرسين: ⁨%2⁩ و⁨%3⁩</translation>
    </message>
    <message>
        <source>“%1” needs itself in another version, which is most likely a mistake of its authors</source>
        <translation>«⁨%1⁩» يحتاج إلى نفسه بإصدار آخر، وهو خطأ من مؤلفيه على الأرجح</translation>
    </message>
    <message>
        <source>… %1 more steps …</source>
        <translation>… ⁨%1⁩ من الخطوات الأخرى …</translation>
    </message>
</context>
<context>
    <name>sconce::ui::ActionRegistry</name>
    <message>
        <source>Command</source>
        <translation>الأمر</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>المفاتيح</translation>
    </message>
</context>
<context>
    <name>sconce::ui::ActivityDock</name>
    <message>
        <source>%1: %2</source>
        <translation>⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>النشاط</translation>
    </message>
    <message>
        <source>Cancel Job</source>
        <translation>ألغِ المهمة</translation>
    </message>
    <message>
        <source>Copy Log</source>
        <translation>انسخ السجل</translation>
    </message>
    <message>
        <source>Hide Activity</source>
        <translation>أخفِ النشاط</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>المهام</translation>
    </message>
    <message>
        <source>Log of the selected job</source>
        <translation>سجل المهمة المختارة</translation>
    </message>
    <message>
        <source>No job is selected</source>
        <translation>لم تُختر مهمة</translation>
    </message>
    <message>
        <source>Show All Items</source>
        <translation>أظهر كل العناصر</translation>
    </message>
    <message>
        <source>The log is empty</source>
        <translation>السجل فارغ</translation>
    </message>
    <message>
        <source>The selected job had nothing to say</source>
        <translation>لم يكن لدى المهمة المختارة ما تقوله</translation>
    </message>
    <message>
        <source>The selected job has not said anything yet</source>
        <translation>لم تقل المهمة المختارة شيئًا بعد</translation>
    </message>
    <message>
        <source>“%1” has ended already</source>
        <translation>انتهت «⁨%1⁩» من قبل</translation>
    </message>
    <message>
        <source>“%1” is being cancelled</source>
        <translation>يجري إلغاء «⁨%1⁩»</translation>
    </message>
</context>
<context>
    <name>sconce::ui::BackendCard</name>
    <message>
        <source>%1, as the variable UV_TORCH_BACKEND asks</source>
        <translation>⁨%1⁩، كما يطلب المتغيّر UV_TORCH_BACKEND</translation>
    </message>
    <message numerus="yes">
        <source>%n more that work here</source>
        <translation>
            <numerusform>لا أخرى تعمل هنا</numerusform>
            <numerusform>واحدة أخرى تعمل هنا</numerusform>
            <numerusform>اثنتان أخريان تعملان هنا</numerusform>
            <numerusform>%Ln أخرى تعمل هنا</numerusform>
            <numerusform>%Ln أخرى تعمل هنا</numerusform>
            <numerusform>%Ln أخرى تعمل هنا</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n that do not fit this computer</source>
        <translation>
            <numerusform>لا شيء لا يناسب هذا الحاسوب</numerusform>
            <numerusform>واحدة لا تناسب هذا الحاسوب</numerusform>
            <numerusform>اثنتان لا تناسبان هذا الحاسوب</numerusform>
            <numerusform>%Ln لا تناسب هذا الحاسوب</numerusform>
            <numerusform>%Ln لا تناسب هذا الحاسوب</numerusform>
            <numerusform>%Ln لا تناسب هذا الحاسوب</numerusform>
        </translation>
    </message>
    <message>
        <source>As the project says</source>
        <translation>كما يقول المشروع</translation>
    </message>
    <message>
        <source>Declared</source>
        <translation>محدّدة</translation>
    </message>
    <message>
        <source>Does not fit</source>
        <translation>لا تناسب</translation>
    </message>
    <message>
        <source>GPU support</source>
        <translation>دعم معالج الرسوميات</translation>
    </message>
    <message>
        <source>Not needed: this project does not use PyTorch</source>
        <translation>غير لازم: لا يستخدم هذا المشروع PyTorch</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>موصى بها</translation>
    </message>
    <message>
        <source>The plan is being carried out</source>
        <translation>يجري تنفيذ الخطة</translation>
    </message>
    <message>
        <source>The project names the package sources of PyTorch itself, and they are kept.</source>
        <translation>يسمّي المشروع مصادر حزم PyTorch بنفسه، وتبقى كما هي.</translation>
    </message>
    <message>
        <source>Unknown, because this computer could not be looked at</source>
        <translation>مجهول، لأنه تعذّر فحص هذا الحاسوب</translation>
    </message>
    <message>
        <source>Waiting for the facts about this computer</source>
        <translation>في انتظار الحقائق عن هذا الحاسوب</translation>
    </message>
    <message>
        <source>With a caveat</source>
        <translation>مع تحفّظ</translation>
    </message>
</context>
<context>
    <name>sconce::ui::Card</name>
    <message>
        <source>Did not work</source>
        <translation>لم ينجح</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>يحتاج إلى نظرة</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>ليس بعد</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>جارٍ العمل</translation>
    </message>
</context>
<context>
    <name>sconce::ui::CheckCard</name>
    <message>
        <source>Check</source>
        <translation>الفحص</translation>
    </message>
    <message>
        <source>Running PyTorch in the environment…</source>
        <translation>تشغيل PyTorch في البيئة…</translation>
    </message>
    <message>
        <source>Runs by itself after the plan was applied</source>
        <translation>يعمل تلقائيًا بعد تنفيذ الخطة</translation>
    </message>
    <message>
        <source>Show Steps</source>
        <translation>عرض الخطوات</translation>
    </message>
</context>
<context>
    <name>sconce::ui::CheckPage</name>
    <message>
        <source>Check</source>
        <translation>الفحص</translation>
    </message>
    <message>
        <source>Copy Report</source>
        <translation>انسخ التقرير</translation>
    </message>
    <message>
        <source>Nothing was checked yet</source>
        <translation>لم يُفحص شيء بعد</translation>
    </message>
    <message>
        <source>Nothing was checked yet. A check runs a small computation with PyTorch in the environment and compares the result.</source>
        <translation>لم يُفحص شيء بعد. يجري الفحص حسابًا صغيرًا بمكتبة PyTorch في البيئة ويقارن النتيجة.</translation>
    </message>
    <message>
        <source>Open a project to check its environment</source>
        <translation>افتح مشروعًا لفحص بيئته</translation>
    </message>
    <message>
        <source>Progress of the check</source>
        <translation>تقدّم الفحص</translation>
    </message>
    <message>
        <source>Running PyTorch in a process of its own…</source>
        <translation>تشغيل PyTorch في عملية مستقلة…</translation>
    </message>
    <message>
        <source>Steps of the check</source>
        <translation>خطوات الفحص</translation>
    </message>
    <message>
        <source>The check was cancelled</source>
        <translation>أُلغي الفحص</translation>
    </message>
</context>
<context>
    <name>sconce::ui::CommandPalette</name>
    <message>
        <source>Command</source>
        <translation>الأمر</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>الأوامر</translation>
    </message>
    <message>
        <source>Type a command</source>
        <translation>اكتب أمرًا</translation>
    </message>
</context>
<context>
    <name>sconce::ui::ComputerCard</name>
    <message>
        <source>Architecture</source>
        <translation>المعمارية</translation>
    </message>
    <message>
        <source>Compute capability</source>
        <translation>القدرة الحسابية</translation>
    </message>
    <message>
        <source>Copy What Was Looked At</source>
        <translation>انسخ ما فُحص</translation>
    </message>
    <message>
        <source>Could not be looked at</source>
        <translation>تعذّر فحصه</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>برنامج التشغيل</translation>
    </message>
    <message>
        <source>Facts about this computer</source>
        <translation>حقائق عن هذا الحاسوب</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>معالج الرسوميات</translation>
    </message>
    <message>
        <source>Look Again</source>
        <translation>ابحث مرة أخرى</translation>
    </message>
    <message>
        <source>Looking for GPUs already</source>
        <translation>البحث عن معالجات الرسوميات جارٍ بالفعل</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>الذاكرة</translation>
    </message>
    <message>
        <source>Nothing was looked at yet</source>
        <translation>لم يُفحص شيء بعد</translation>
    </message>
    <message>
        <source>PCI address</source>
        <translation>عنوان PCI</translation>
    </message>
    <message>
        <source>System</source>
        <translation>النظام</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>هذا الحاسوب</translation>
    </message>
    <message>
        <source>read from %1</source>
        <translation>قُرئ من ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>sconce::ui::ConflictFixes</name>
    <message numerus="yes">
        <source>%n change(s) of the project were tried and work</source>
        <translation>
            <numerusform>لم ينجح أي تغيير في المشروع</numerusform>
            <numerusform>جُرّب تغيير واحد في المشروع ونجح</numerusform>
            <numerusform>جُرّب تغييران في المشروع ونجحا</numerusform>
            <numerusform>جُرّبت %Ln تغييرات في المشروع ونجحت</numerusform>
            <numerusform>جُرّب %Ln تغييرًا في المشروع ونجحت</numerusform>
            <numerusform>جُرّب %Ln تغيير في المشروع ونجحت</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>نسخ</translation>
    </message>
    <message>
        <source>Copy what to write: %1</source>
        <translation>انسخ ما يجب كتابته: %1</translation>
    </message>
    <message>
        <source>Show Plan…</source>
        <translation>عرض الخطة…</translation>
    </message>
    <message>
        <source>Show the plan with this change: %1</source>
        <translation>عرض الخطة مع هذا التغيير: %1</translation>
    </message>
    <message>
        <source>The file is laid out in a way that has to be changed by hand:</source>
        <translation>بنية الملف تقتضي تغييره يدويًا:</translation>
    </message>
    <message>
        <source>Then it is %1</source>
        <translation>عندئذٍ يكون %1</translation>
    </message>
</context>
<context>
    <name>sconce::ui::ConflictPicture</name>
    <message>
        <source>How the requirements collide at %1</source>
        <translation>كيف تتعارض المتطلبات عند %1</translation>
    </message>
    <message>
        <source>needs %1</source>
        <translation>يحتاج إلى %1</translation>
    </message>
</context>
<context>
    <name>sconce::ui::InlineMessage</name>
    <message>
        <source>Details</source>
        <translation>التفاصيل</translation>
    </message>
</context>
<context>
    <name>sconce::ui::JobModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>⁨%1⁩ من ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1, step %2 of %3</source>
        <translation>⁨%1⁩، الخطوة ⁨%2⁩ من ⁨%3⁩</translation>
    </message>
    <message>
        <source>Cancelled, nothing was changed</source>
        <translation>أُلغيت، ولم يتغيّر شيء</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>جارٍ الإلغاء…</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>التفاصيل</translation>
    </message>
    <message>
        <source>Did not work</source>
        <translation>لم ينجح</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>المهمة</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>التقدّم</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>قيد التشغيل</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>في الانتظار</translation>
    </message>
</context>
<context>
    <name>sconce::ui::MainWindow</name>
    <message>
        <source>%1 — Sconce</source>
        <comment>project</comment>
        <translation>⁨%1⁩ — Sconce</translation>
    </message>
    <message>
        <source>&amp;About Sconce</source>
        <translation>&amp;حول Sconce</translation>
    </message>
    <message>
        <source>&amp;Activity</source>
        <translation>&amp;النشاط</translation>
    </message>
    <message>
        <source>&amp;Close Window</source>
        <translation>أ&amp;غلق النافذة</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;داكن</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;ملف</translation>
    </message>
    <message>
        <source>&amp;Find a Command…</source>
        <translation>اعثر على أ&amp;مر…</translation>
    </message>
    <message>
        <source>&amp;Full Screen</source>
        <translation>ملء ال&amp;شاشة</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>م&amp;ساعدة</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>اختصارات &amp;لوحة المفاتيح</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;فاتح</translation>
    </message>
    <message>
        <source>&amp;Look for GPUs Again</source>
        <translation>ابحث عن معال&amp;جات الرسوميات مرة أخرى</translation>
    </message>
    <message>
        <source>&amp;Next Area</source>
        <translation>المنطقة ال&amp;تالية</translation>
    </message>
    <message>
        <source>&amp;Open Folder…</source>
        <translation>ا&amp;فتح مجلدًا…</translation>
    </message>
    <message>
        <source>&amp;Previous Area</source>
        <translation>المنطقة ال&amp;سابقة</translation>
    </message>
    <message>
        <source>&amp;Project</source>
        <translation>م&amp;شروع</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>إن&amp;هاء</translation>
    </message>
    <message>
        <source>&amp;Read Again</source>
        <translation>ا&amp;قرأ من جديد</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;عرض</translation>
    </message>
    <message>
        <source>About Sconce</source>
        <translation>حول Sconce</translation>
    </message>
    <message>
        <source>Appearan&amp;ce</source>
        <translation>الم&amp;ظهر</translation>
    </message>
    <message>
        <source>Cancel Set-Up and Close</source>
        <translation>ألغِ الإعداد وأغلق</translation>
    </message>
    <message>
        <source>Cancelling leaves the environment as it was before.</source>
        <translation>الإلغاء يترك البيئة كما كانت من قبل.</translation>
    </message>
    <message>
        <source>Check &amp;Now</source>
        <translation>افحص ال&amp;آن</translation>
    </message>
    <message>
        <source>Environments for PyTorch projects: from a folder to a computation on your GPU. Licence: Apache 2.0.</source>
        <translation>بيئات لمشاريع PyTorch: من مجلد إلى حساب على معالج الرسوميات لديك. الرخصة: Apache 2.0.</translation>
    </message>
    <message>
        <source>Keep Running</source>
        <translation>دعه يعمل</translation>
    </message>
    <message>
        <source>Like the &amp;System</source>
        <translation>مثل ال&amp;نظام</translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation>لا مشروع مفتوح</translation>
    </message>
    <message>
        <source>Open a Project Folder</source>
        <translation>افتح مجلد مشروع</translation>
    </message>
    <message>
        <source>Open the &amp;Sample Project</source>
        <translation>افتح المشروع ال&amp;نموذجي</translation>
    </message>
    <message>
        <source>Sconce</source>
        <translation>Sconce</translation>
    </message>
    <message>
        <source>Sconce %1</source>
        <translation>⁦Sconce %1⁩</translation>
    </message>
    <message>
        <source>The environment is being checked</source>
        <translation>يجري فحص البيئة</translation>
    </message>
    <message>
        <source>The plan is being carried out</source>
        <translation>يجري تنفيذ الخطة</translation>
    </message>
    <message>
        <source>The project could not be read yet</source>
        <translation>لم تمكن قراءة المشروع بعد</translation>
    </message>
    <message>
        <source>“%1” is still being set up</source>
        <translation>ما زال إعداد «⁨%1⁩» جاريًا</translation>
    </message>
</context>
<context>
    <name>sconce::ui::PackageModel</name>
    <message>
        <source>Another version wanted</source>
        <translation>المطلوب إصدار آخر</translation>
    </message>
    <message>
        <source>As wanted</source>
        <translation>كما هو مطلوب</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>تنزيل</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>المثبّت</translation>
    </message>
    <message>
        <source>Not asked for</source>
        <translation>غير مطلوبة</translation>
    </message>
    <message>
        <source>Not installed yet</source>
        <translation>غير مثبّتة بعد</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>الحزمة</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>المصدر</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Wanted</source>
        <translation>المطلوب</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>السبب</translation>
    </message>
    <message>
        <source>asked for in %1</source>
        <translation>طُلبت في ⁨%1⁩</translation>
    </message>
    <message>
        <source>needed by %1</source>
        <translation>تحتاج إليها ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>sconce::ui::PackagesPage</name>
    <message numerus="yes">
        <source>%n package(s)</source>
        <translation>
            <numerusform>لا حزم</numerusform>
            <numerusform>حزمة واحدة</numerusform>
            <numerusform>حزمتان</numerusform>
            <numerusform>%Ln حزم</numerusform>
            <numerusform>%Ln حزمة</numerusform>
            <numerusform>%Ln حزمة</numerusform>
        </translation>
    </message>
    <message>
        <source>All</source>
        <translation>الكل</translation>
    </message>
    <message>
        <source>Asked For</source>
        <translation>المطلوبة</translation>
    </message>
    <message>
        <source>Find Package</source>
        <translation>ابحث عن حزمة</translation>
    </message>
    <message>
        <source>Nothing is installed, and the project asks for nothing</source>
        <translation>لا شيء مثبّت، ولا يطلب المشروع شيئًا</translation>
    </message>
    <message>
        <source>Only what is installed is shown: %1</source>
        <translation>يظهر المثبّت فقط: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Only what is installed is shown: the wishes of the project cannot be met together</source>
        <translation>يظهر المثبّت فقط: لا يمكن تحقيق رغبات المشروع معًا</translation>
    </message>
    <message>
        <source>Open a project to see its packages</source>
        <translation>افتح مشروعًا لرؤية حزمه</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>الحزم</translation>
    </message>
    <message>
        <source>Search packages</source>
        <translation>ابحث في الحزم</translation>
    </message>
    <message>
        <source>Versions are being worked out…</source>
        <translation>يجري تحديد الإصدارات…</translation>
    </message>
</context>
<context>
    <name>sconce::ui::PageModel</name>
    <message>
        <source>%1 (Alt+%2)</source>
        <translation>⁨%1⁩ (Alt+⁨%2⁩)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>page: its state</comment>
        <translation>⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>الفحص</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>الحزم</translation>
    </message>
    <message>
        <source>Set Up</source>
        <translation>الإعداد</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>البداية</translation>
    </message>
</context>
<context>
    <name>sconce::ui::PlanCard</name>
    <message>
        <source>%1 · %2 of %3</source>
        <comment>what is done; how many of how many</comment>
        <translation>%1 · %2 من %3</translation>
    </message>
    <message>
        <source>Being cancelled</source>
        <translation>جارٍ الإلغاء</translation>
    </message>
    <message>
        <source>Being carried out</source>
        <translation>جارٍ التنفيذ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>ألغِ</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>أُلغيت</translation>
    </message>
    <message>
        <source>Could not be carried out, the environment is as before</source>
        <translation>تعذّر التنفيذ، والبيئة كما كانت من قبل</translation>
    </message>
    <message>
        <source>Could not be made</source>
        <translation>تعذّر وضع الخطة</translation>
    </message>
    <message>
        <source>Facts behind the conflict</source>
        <translation>الحقائق وراء التعارض</translation>
    </message>
    <message>
        <source>Leave This Change Out</source>
        <translation>الاستغناء عن هذا التغيير</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>الخطة</translation>
    </message>
    <message>
        <source>Progress of the plan</source>
        <translation>تقدّم الخطة</translation>
    </message>
    <message>
        <source>Python %1 makes the environment.</source>
        <translation>تُنشأ البيئة باستخدام ⁦Python %1⁩.</translation>
    </message>
    <message>
        <source>Show the facts behind this</source>
        <translation>أظهر الحقائق وراء هذا</translation>
    </message>
    <message>
        <source>The plan also changes the project: %1</source>
        <translation>تغيّر الخطة المشروع أيضًا: %1</translation>
    </message>
    <message>
        <source>The wishes of the project cannot be met together</source>
        <translation>لا يمكن تحقيق رغبات المشروع معًا</translation>
    </message>
    <message>
        <source>Waiting for the facts above</source>
        <translation>في انتظار الحقائق أعلاه</translation>
    </message>
    <message>
        <source>Work Out Again</source>
        <translation>حدّد من جديد</translation>
    </message>
    <message>
        <source>Working out versions…</source>
        <translation>يجري تحديد الإصدارات…</translation>
    </message>
</context>
<context>
    <name>sconce::ui::PlanPackageModel</name>
    <message>
        <source>Do</source>
        <translation>الإجراء</translation>
    </message>
    <message>
        <source>From</source>
        <translation>من</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>الحزمة</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>الحجم</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>المصدر</translation>
    </message>
    <message>
        <source>To</source>
        <translation>إلى</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>السبب</translation>
    </message>
</context>
<context>
    <name>sconce::ui::PlanSheet</name>
    <message>
        <source>%1 free</source>
        <translation>⁨%1⁩ متاحة</translation>
    </message>
    <message numerus="yes">
        <source>%n package(s) stay as they are</source>
        <translation>
            <numerusform>لا حزم تبقى كما هي</numerusform>
            <numerusform>حزمة واحدة تبقى كما هي</numerusform>
            <numerusform>حزمتان تبقيان كما هما</numerusform>
            <numerusform>%Ln حزم تبقى كما هي</numerusform>
            <numerusform>%Ln حزمة تبقى كما هي</numerusform>
            <numerusform>%Ln حزمة تبقى كما هي</numerusform>
        </translation>
    </message>
    <message>
        <source>A new environment is made in %1 with Python %2 (%3)</source>
        <translation>تُنشأ بيئة جديدة في ⁨%1⁩ باستخدام ⁦Python %2⁩ (⁨%3⁩)</translation>
    </message>
    <message>
        <source>All %1</source>
        <translation>الكل ⁨%1⁩</translation>
    </message>
    <message numerus="yes">
        <source>Apply %n Change(s)</source>
        <translation>
            <numerusform>نفّذ بلا تغييرات</numerusform>
            <numerusform>نفّذ تغييرًا واحدًا</numerusform>
            <numerusform>نفّذ تغييرين</numerusform>
            <numerusform>نفّذ %Ln تغييرات</numerusform>
            <numerusform>نفّذ %Ln تغييرًا</numerusform>
            <numerusform>نفّذ %Ln تغيير</numerusform>
        </translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Commands that do the same</source>
        <translation>أوامر تفعل الشيء نفسه</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>انسخ بصيغة Markdown</translation>
    </message>
    <message>
        <source>Filter packages</source>
        <translation>رشّح الحزم</translation>
    </message>
    <message>
        <source>First tick that you understand what goes down or changes its backend</source>
        <translation>أكّد أولًا أنك تفهم ما ينخفض إصداره أو تتبدّل خلفيته</translation>
    </message>
    <message numerus="yes">
        <source>I understand that %n package(s) change to an older version or another backend</source>
        <translation>
            <numerusform>أفهم أنه لا حزم تنتقل إلى إصدار أقدم أو خلفية أخرى</numerusform>
            <numerusform>أفهم أن حزمة واحدة تنتقل إلى إصدار أقدم أو خلفية أخرى</numerusform>
            <numerusform>أفهم أن حزمتين تنتقلان إلى إصدار أقدم أو خلفية أخرى</numerusform>
            <numerusform>أفهم أن %Ln حزم تنتقل إلى إصدار أقدم أو خلفية أخرى</numerusform>
            <numerusform>أفهم أن %Ln حزمة تنتقل إلى إصدار أقدم أو خلفية أخرى</numerusform>
            <numerusform>أفهم أن %Ln حزمة تنتقل إلى إصدار أقدم أو خلفية أخرى</numerusform>
        </translation>
    </message>
    <message>
        <source>Make Environment</source>
        <translation>أنشئ البيئة</translation>
    </message>
    <message>
        <source>Packages of the plan</source>
        <translation>حزم الخطة</translation>
    </message>
    <message>
        <source>Plan: set up %1</source>
        <translation>الخطة: إعداد ⁨%1⁩</translation>
    </message>
    <message>
        <source>Plan: set up %1 with %2</source>
        <translation>الخطة: إعداد ⁨%1⁩ مع ⁨%2⁩</translation>
    </message>
    <message>
        <source>The downloads alone need %1, and only %2 are free where the environment goes</source>
        <translation>التنزيلات وحدها تحتاج إلى ⁨%1⁩، ولا يتاح سوى ⁨%2⁩ حيث توضع البيئة</translation>
    </message>
    <message>
        <source>The environment in %1 is changed; until the switch-over at the end it stays as it is</source>
        <translation>تُغيَّر البيئة في ⁨%1⁩، وتبقى كما هي حتى التبديل في النهاية</translation>
    </message>
    <message numerus="yes">
        <source>Write %n File(s)</source>
        <translation>
            <numerusform>لا شيء للكتابة</numerusform>
            <numerusform>كتابة ملف واحد</numerusform>
            <numerusform>كتابة ملفين</numerusform>
            <numerusform>كتابة %Ln ملفات</numerusform>
            <numerusform>كتابة %Ln ملفًا</numerusform>
            <numerusform>كتابة %Ln ملف</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sconce::ui::ProjectCard</name>
    <message>
        <source>%1 (line %2)</source>
        <translation>⁨%1⁩ (السطر ⁨%2⁩)</translation>
    </message>
    <message numerus="yes">
        <source>%n dependency(s)</source>
        <translation>
            <numerusform>بلا تبعيات</numerusform>
            <numerusform>تبعية واحدة</numerusform>
            <numerusform>تبعيتان</numerusform>
            <numerusform>%Ln تبعيات</numerusform>
            <numerusform>%Ln تبعية</numerusform>
            <numerusform>%Ln تبعية</numerusform>
        </translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>تعذّرت قراءته</translation>
    </message>
    <message>
        <source>Dependency groups</source>
        <translation>مجموعات التبعيات</translation>
    </message>
    <message>
        <source>Details of this project</source>
        <translation>تفاصيل هذا المشروع</translation>
    </message>
    <message>
        <source>In %1</source>
        <translation>في ⁨%1⁩</translation>
    </message>
    <message>
        <source>Optional features (extras)</source>
        <translation>ميزات اختيارية (extras)</translation>
    </message>
    <message>
        <source>Python %1</source>
        <translation>⁦Python %1⁩</translation>
    </message>
    <message>
        <source>Reading the project…</source>
        <translation>قراءة المشروع…</translation>
    </message>
    <message>
        <source>This project</source>
        <translation>هذا المشروع</translation>
    </message>
    <message>
        <source>does not use PyTorch</source>
        <translation>لا يستخدم PyTorch</translation>
    </message>
    <message>
        <source>uses PyTorch</source>
        <translation>يستخدم PyTorch</translation>
    </message>
</context>
<context>
    <name>sconce::ui::RecentDelegate</name>
    <message>
        <source>Folder not found: %1</source>
        <translation>لم يُعثر على المجلد: ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>sconce::ui::RecentProjects</name>
    <message>
        <source>%1 in %2</source>
        <translation>⁨%1⁩ في ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1, folder not found: %2</source>
        <translation>⁨%1⁩، لم يُعثر على المجلد: ⁨%2⁩</translation>
    </message>
</context>
<context>
    <name>sconce::ui::Session</name>
    <message>
        <source>Asking which builds of PyTorch there are</source>
        <translation>يجري السؤال عن إصدارات PyTorch المتاحة</translation>
    </message>
    <message>
        <source>Checking %1</source>
        <translation>فحص ⁨%1⁩</translation>
    </message>
    <message>
        <source>Looking at this computer</source>
        <translation>فحص هذا الحاسوب</translation>
    </message>
    <message>
        <source>Making the sample project</source>
        <translation>إنشاء المشروع النموذجي</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>قراءة ⁨%1⁩</translation>
    </message>
    <message>
        <source>Setting up %1</source>
        <translation>إعداد ⁨%1⁩</translation>
    </message>
    <message>
        <source>Working out versions for %1</source>
        <translation>تحديد إصدارات ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>sconce::ui::SetUpPage</name>
    <message>
        <source>%1. %2</source>
        <comment>why a button waits; where things stand</comment>
        <translation>⁨%1⁩. ⁨%2⁩</translation>
    </message>
    <message>
        <source>Open a project: its wishes and this computer are compared, and nothing is changed</source>
        <translation>افتح مشروعًا: تُقارن رغباته بهذا الحاسوب، ولا يتغيّر شيء</translation>
    </message>
    <message>
        <source>Reading the project was cancelled</source>
        <translation>أُلغيت قراءة المشروع</translation>
    </message>
    <message>
        <source>Set up %1</source>
        <translation>إعداد ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>sconce::ui::ShortcutsDialog</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>اختصارات لوحة المفاتيح</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>اختصارات لوحة المفاتيح</translation>
    </message>
</context>
<context>
    <name>sconce::ui::SideBar</name>
    <message>
        <source>Pages</source>
        <translation>الصفحات</translation>
    </message>
    <message>
        <source>Sconce</source>
        <translation>Sconce</translation>
    </message>
</context>
<context>
    <name>sconce::ui::StartPage</name>
    <message>
        <source>Apply: installed whole or not at all, then checked with a real computation.</source>
        <translation>نفّذ: يُثبَّت كاملًا أو لا يُثبَّت أبدًا، ثم يُفحص بحساب حقيقي.</translation>
    </message>
    <message>
        <source>Drop a project folder, a pyproject.toml or a requirements file here</source>
        <translation>أفلت هنا مجلد مشروع أو ملف pyproject.toml أو ملف متطلبات</translation>
    </message>
    <message>
        <source>How it works</source>
        <translation>كيف يعمل</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>حدّد الموقع…</translation>
    </message>
    <message>
        <source>Look Again</source>
        <translation>ابحث مرة أخرى</translation>
    </message>
    <message>
        <source>No project is selected</source>
        <translation>لم يُختر مشروع</translation>
    </message>
    <message>
        <source>Open a project. Sconce picks the PyTorch build that fits this computer, shows what it would install, and changes nothing until you say so.</source>
        <translation>افتح مشروعًا. يختار Sconce حزمة PyTorch التي تناسب هذا الحاسوب، ويعرض ما سيثبّته، ولا يغيّر شيئًا حتى تأذن.</translation>
    </message>
    <message>
        <source>Open: the project and this computer's GPU are read, nothing is written.</source>
        <translation>افتح: يُقرأ المشروع ومعالج الرسوميات في هذا الحاسوب، ولا يُكتب شيء.</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>المشاريع الأخيرة</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>المشاريع الأخيرة</translation>
    </message>
    <message>
        <source>Remove from List</source>
        <translation>أزل من القائمة</translation>
    </message>
    <message>
        <source>Review: every package with its version, source, size and reason.</source>
        <translation>راجع: كل حزمة بإصدارها ومصدرها وحجمها وسببها.</translation>
    </message>
    <message>
        <source>Set up a Python project for your GPU</source>
        <translation>أعدّ مشروع Python لمعالج الرسوميات لديك</translation>
    </message>
    <message>
        <source>The folder is where it was</source>
        <translation>المجلد باقٍ في مكانه</translation>
    </message>
    <message>
        <source>This computer: %1</source>
        <translation>هذا الحاسوب: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>Where is “%1” now?</source>
        <translation>أين «⁨%1⁩» الآن؟</translation>
    </message>
    <message>
        <source>“%1” is no longer in the list; its folder was not touched</source>
        <translation>لم يعد «⁨%1⁩» في القائمة، ولم يُمَسّ مجلده</translation>
    </message>
</context>
<context>
    <name>sconce::ui::StatusButtons</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>⁨%1⁩</numerusform>
            <numerusform>⁨%1⁩ وواحد آخر</numerusform>
            <numerusform>⁨%1⁩ واثنان آخران</numerusform>
            <numerusform>⁨%1⁩ و%Ln أخرى</numerusform>
            <numerusform>⁨%1⁩ و%Ln آخر</numerusform>
            <numerusform>⁨%1⁩ و%Ln آخر</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2 %</source>
        <comment>job: share</comment>
        <translation>⁨%1⁩: ⁨%2⁩ %</translation>
    </message>
    <message>
        <source>Environment as wanted</source>
        <translation>البيئة كما هو مطلوب</translation>
    </message>
    <message>
        <source>Environment differs from the plan</source>
        <translation>البيئة تختلف عن الخطة</translation>
    </message>
    <message>
        <source>GPU as a variable says</source>
        <translation>معالج الرسوميات كما يقول متغيّر</translation>
    </message>
    <message>
        <source>GPU unknown</source>
        <translation>معالج الرسوميات مجهول</translation>
    </message>
    <message>
        <source>No GPU found</source>
        <translation>لم يُعثر على معالج رسوميات</translation>
    </message>
    <message>
        <source>No environment yet</source>
        <translation>لا بيئة بعد</translation>
    </message>
    <message>
        <source>No jobs running</source>
        <translation>لا مهام جارية</translation>
    </message>
    <message>
        <source>Show Activity</source>
        <translation>أظهر النشاط</translation>
    </message>
    <message>
        <source>Show Packages</source>
        <translation>أظهر الحزم</translation>
    </message>
</context>
<context>
    <name>sync</name>
    <message>
        <source>%1 %2, listed %3</source>
        <translation>‏%1 %2، والمدرج %3</translation>
    </message>
    <message>
        <source>%1 is damaged in the cache and is fetched again: %2</source>
        <translation>⁨%1⁩ تالف في الذاكرة المخبئية ويُجلب من جديد: ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1: wrong SHA-256, downloading it again</source>
        <translation>⁨%1⁩: SHA-256 خاطئ، يُنزّل من جديد</translation>
    </message>
    <message>
        <source>Check the name and password for this index</source>
        <translation>تحقق من الاسم وكلمة المرور لهذا الفهرس</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>التنزيل</translation>
    </message>
    <message>
        <source>Installing</source>
        <translation>التثبيت</translation>
    </message>
    <message>
        <source>Installing %1</source>
        <translation>تثبيت ⁨%1⁩</translation>
    </message>
    <message>
        <source>It is not known what was changed then</source>
        <translation>لا يُعرف ما الذي تغيّر حينها</translation>
    </message>
    <message>
        <source>Make room, or set SCONCE_CACHE_DIR to a folder on another disk</source>
        <translation>أفسح مكانًا، أو اضبط SCONCE_CACHE_DIR على مجلد في قرص آخر</translation>
    </message>
    <message>
        <source>Make the plan again</source>
        <translation>ضع الخطة من جديد</translation>
    </message>
    <message>
        <source>Make the plan again; the index may have changed</source>
        <translation>ضع الخطة من جديد، فربما تغيّر الفهرس</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>التحضير</translation>
    </message>
    <message>
        <source>Switching over</source>
        <translation>التبديل</translation>
    </message>
    <message>
        <source>The download cannot be written to “%1”</source>
        <translation>تعذّرت كتابة التنزيل في «⁨%1⁩»</translation>
    </message>
    <message>
        <source>Try again later</source>
        <translation>حاول مرة أخرى لاحقًا</translation>
    </message>
    <message>
        <source>Try again later; if it stays so, tell those who run the index</source>
        <translation>حاول مرة أخرى لاحقًا؛ فإن بقي كذلك فأخبر القائمين على الفهرس</translation>
    </message>
    <message>
        <source>“%1” answered %3 when asked for “%2”</source>
        <translation>أجاب «⁨%1⁩» بـ ⁨%3⁩ حين سُئل عن «⁨%2⁩»</translation>
    </message>
    <message>
        <source>“%1” cannot be read: %2</source>
        <translation>تعذّرت قراءة «⁨%1⁩»: ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” does not hand out “%2” (%3)</source>
        <translation>لا يعطي «⁨%1⁩» الملف «⁨%2⁩» (⁨%3⁩)</translation>
    </message>
    <message>
        <source>“%1” from “%2” is not the file that is listed</source>
        <translation>‏“%1” من “%2” ليس الملف المدرج</translation>
    </message>
    <message>
        <source>“%1” has %2 free, and about %3 are needed</source>
        <translation>في «⁨%1⁩» ⁨%2⁩ متاحة، ويلزم نحو ⁨%3⁩</translation>
    </message>
    <message>
        <source>“%1” in “%2” was changed by another program since the plan was made</source>
        <translation>«⁨%1⁩» في «⁨%2⁩» غيّره برنامج آخر منذ وضع الخطة</translation>
    </message>
    <message>
        <source>“%1” lists “%2” but does not have it (%3)</source>
        <translation>يذكر «⁨%1⁩» «⁨%2⁩» لكنه ليس عنده (⁨%3⁩)</translation>
    </message>
    <message>
        <source>“%1” would have to be built, and only wheels can be installed</source>
        <translation>لا بد من بناء «⁨%1⁩»، ولا يمكن تثبيت غير حزم wheel</translation>
    </message>
</context>
<context>
    <name>tags</name>
    <message>
        <source>Choose one of: %1</source>
        <translation>اختر واحدًا من: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Write “%1”</source>
        <translation>اكتب «⁨%1⁩»</translation>
    </message>
    <message>
        <source>“%1” is not a wheel tag such as “py3-none-any”</source>
        <translation>«⁨%1⁩» ليس وسم wheel مثل «py3-none-any»</translation>
    </message>
    <message>
        <source>“%1” is not the name of a platform</source>
        <translation>«⁨%1⁩» ليس اسم منصة</translation>
    </message>
</context>
<context>
    <name>torch</name>
    <message>
        <source>%1 %2, read from %3</source>
        <translation>⁨%1⁩ ⁨%2⁩، قُرئ من ⁨%3⁩</translation>
    </message>
    <message>
        <source>%1 was found, but it is not among the Intel GPUs that PyTorch supports</source>
        <translation>عُثر على ⁨%1⁩، لكنه ليس من معالجات Intel التي يدعمها PyTorch</translation>
    </message>
    <message>
        <source>%1, and it has code for %2</source>
        <translation>⁨%1⁩، وفيه شيفرة من أجل ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1, but no torch newer than %2 was made for it</source>
        <translation>⁨%1⁩، لكن لم يُصنع له torch أحدث من ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1, but the GPU cannot be used now: %2</source>
        <translation>⁨%1⁩، لكن معالج الرسوميات لا يمكن استخدامه الآن: ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1, but whether it has code for the GPU is not known: its compute capability could not be read</source>
        <translation>⁨%1⁩، لكن لا يُعرف هل فيه شيفرة لمعالج الرسوميات: تعذّرت قراءة قدرته الحسابية</translation>
    </message>
    <message>
        <source>%1: compute capability</source>
        <translation>⁨%1⁩: القدرة الحسابية</translation>
    </message>
    <message>
        <source>%1; its code for %2 is compiled by the driver at the first start</source>
        <translation>⁨%1⁩؛ وشيفرته من أجل ⁨%2⁩ يترجمها برنامج التشغيل عند أول بدء</translation>
    </message>
    <message>
        <source>AMD GPU</source>
        <translation>معالج AMD</translation>
    </message>
    <message>
        <source>CPU only</source>
        <translation>المعالج المركزي فقط</translation>
    </message>
    <message>
        <source>Choose %1, which has code for it</source>
        <translation>اختر ⁨%1⁩، ففيه شيفرة له</translation>
    </message>
    <message>
        <source>Driver %1 can run it (%2 or newer is enough)</source>
        <translation>يستطيع برنامج التشغيل ⁨%1⁩ تشغيله (يكفي ⁨%2⁩ أو أحدث)</translation>
    </message>
    <message>
        <source>Has code for %1</source>
        <translation>فيه شيفرة من أجل ⁨%1⁩</translation>
    </message>
    <message>
        <source>Has code for %1 only up to torch %2</source>
        <translation>فيه شيفرة من أجل ⁨%1⁩ حتى ⁦torch %2⁩ فقط</translation>
    </message>
    <message>
        <source>Has code for %1, but not for %2</source>
        <translation>فيه شيفرة من أجل ⁨%1⁩، لا من أجل ⁨%2⁩</translation>
    </message>
    <message>
        <source>Has code for %1, but the GPU cannot be used now: %2</source>
        <translation>فيه شيفرة من أجل ⁨%1⁩، لكن معالج الرسوميات لا يمكن استخدامه الآن: ⁨%2⁩</translation>
    </message>
    <message>
        <source>Has no code for %1</source>
        <translation>ليس فيه شيفرة من أجل ⁨%1⁩</translation>
    </message>
    <message>
        <source>Has no code for %1, though it can run on %2</source>
        <translation>ليس فيه شيفرة من أجل ⁨%1⁩، لكنه يعمل على ⁨%2⁩</translation>
    </message>
    <message>
        <source>Has no code for %1; it has code for %2</source>
        <translation>ليس فيه شيفرة من أجل ⁨%1⁩؛ وفيه شيفرة من أجل ⁨%2⁩</translation>
    </message>
    <message>
        <source>Install the NVIDIA driver</source>
        <translation>ثبّت برنامج تشغيل NVIDIA</translation>
    </message>
    <message>
        <source>Intel XPU</source>
        <translation>Intel XPU</translation>
    </message>
    <message>
        <source>Is old and never chosen automatically; whether it has code for %1 is not known</source>
        <translation>قديم ولا يُختار تلقائيًا أبدًا؛ ولا يُعرف هل فيه شيفرة من أجل ⁨%1⁩</translation>
    </message>
    <message>
        <source>Names: %1</source>
        <translation>الأسماء: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Needs an AMD GPU; none was found on this computer</source>
        <translation>يحتاج إلى معالج AMD، ولم يُعثر على واحد في هذا الحاسوب</translation>
    </message>
    <message>
        <source>Needs an Intel GPU; none was found on this computer</source>
        <translation>يحتاج إلى معالج Intel، ولم يُعثر على واحد في هذا الحاسوب</translation>
    </message>
    <message>
        <source>Needs an NVIDIA GPU; none was found on this computer</source>
        <translation>يحتاج إلى معالج NVIDIA، ولم يُعثر على واحد في هذا الحاسوب</translation>
    </message>
    <message>
        <source>Needs driver %1 or newer, this computer has %2</source>
        <translation>يحتاج إلى برنامج التشغيل ⁨%1⁩ أو أحدث، وفي هذا الحاسوب ⁨%2⁩</translation>
    </message>
    <message>
        <source>Needs the NVIDIA driver %1 or newer: %2</source>
        <translation>يحتاج إلى برنامج تشغيل ⁦NVIDIA %1⁩ أو أحدث: ⁨%2⁩</translation>
    </message>
    <message>
        <source>On a Mac this build also uses the GPU of %1 (MPS)</source>
        <translation>على Mac تستخدم هذه الحزمة أيضًا معالج الرسوميات في ⁨%1⁩ (MPS)</translation>
    </message>
    <message>
        <source>PyTorch has published no builds for %1</source>
        <translation>لم ينشر PyTorch حزمًا من أجل ⁨%1⁩</translation>
    </message>
    <message>
        <source>PyTorch publishes no packages for Linux with musl, so there may be nothing to install</source>
        <translation>لا ينشر PyTorch حزمًا لنظام Linux مع musl، فقد لا يوجد ما يُثبَّت</translation>
    </message>
    <message>
        <source>PyTorch supports %1</source>
        <translation>يدعم ⁦PyTorch %1⁩</translation>
    </message>
    <message>
        <source>PyTorch supports %1, but the GPU cannot be used now: %2</source>
        <translation>يدعم ⁦PyTorch %1⁩، لكن معالج الرسوميات لا يمكن استخدامه الآن: ⁨%2⁩</translation>
    </message>
    <message>
        <source>Runs here, but torch 2.2.2 was the last one made for Macs with an Intel processor</source>
        <translation>يعمل هنا، لكن torch 2.2.2 كان آخر ما صُنع لأجهزة Mac بمعالج Intel</translation>
    </message>
    <message>
        <source>Runs on every computer, but leaves %1 unused: %2</source>
        <translation>يعمل على كل حاسوب، لكنه يترك ⁨%1⁩ بلا استخدام: ⁨%2⁩</translation>
    </message>
    <message>
        <source>Runs on every computer, but leaves %1 unused: no GPU build fits it</source>
        <translation>يعمل على كل حاسوب، لكنه يترك ⁨%1⁩ بلا استخدام: لا حزمة رسوميات تناسبه</translation>
    </message>
    <message>
        <source>Runs on every computer, but torch will not use %1</source>
        <translation>يعمل على كل حاسوب، لكن torch لن يستخدم ⁨%1⁩</translation>
    </message>
    <message>
        <source>Runs on every computer; no GPU was found here</source>
        <translation>يعمل على كل حاسوب؛ ولم يُعثر هنا على معالج رسوميات</translation>
    </message>
    <message>
        <source>Runs on every computer; no build of PyTorch uses %1</source>
        <translation>يعمل على كل حاسوب؛ ولا حزمة من PyTorch تستخدم ⁨%1⁩</translation>
    </message>
    <message>
        <source>The name of a PyTorch backend is missing</source>
        <translation>ينقص اسم خلفية PyTorch</translation>
    </message>
    <message>
        <source>The package source has no torch for %1</source>
        <translation>ليس في مصدر الحزم torch من أجل ⁨%1⁩</translation>
    </message>
    <message>
        <source>There are CUDA builds for Windows and for Linux with glibc only</source>
        <translation>حزم CUDA لنظام Windows ولنظام Linux مع glibc فقط</translation>
    </message>
    <message>
        <source>There are ROCm builds for Linux on x86_64 only</source>
        <translation>حزم ROCm لنظام Linux على x86_64 فقط</translation>
    </message>
    <message>
        <source>There are XPU builds for Windows and Linux on x86_64 only</source>
        <translation>حزم XPU لنظامي Windows و Linux على x86_64 فقط</translation>
    </message>
    <message>
        <source>There are no %1 builds for %2</source>
        <translation>لا حزم ⁨%1⁩ من أجل ⁨%2⁩</translation>
    </message>
    <message>
        <source>There are no CUDA builds for macOS</source>
        <translation>لا حزم CUDA لنظام macOS</translation>
    </message>
    <message>
        <source>There is no PyTorch backend “%1”</source>
        <translation>لا خلفية PyTorch اسمها «⁨%1⁩»</translation>
    </message>
    <message>
        <source>Update the NVIDIA driver to %1 or newer</source>
        <translation>حدّث برنامج تشغيل NVIDIA إلى ⁨%1⁩ أو أحدث</translation>
    </message>
    <message>
        <source>Use “%1”</source>
        <translation>استخدم «⁨%1⁩»</translation>
    </message>
    <message>
        <source>Whether PyTorch supports %1 is not known</source>
        <translation>لا يُعرف هل يدعم ⁦PyTorch %1⁩</translation>
    </message>
    <message>
        <source>driver</source>
        <translation>برنامج التشغيل</translation>
    </message>
    <message>
        <source>found:</source>
        <translation>عُثر على:</translation>
    </message>
    <message>
        <source>its newest builds have code for %1</source>
        <translation>في أحدث حزمه شيفرة من أجل ⁨%1⁩</translation>
    </message>
    <message>
        <source>the GPU</source>
        <translation>معالج الرسوميات</translation>
    </message>
</context>
<context>
    <name>versions</name>
    <message>
        <source>A version is empty where one is needed</source>
        <translation>إصدار فارغ حيث يلزم إصدار</translation>
    </message>
    <message>
        <source>A version is missing after “%1”</source>
        <translation>ينقص إصدار بعد «⁨%1⁩»</translation>
    </message>
    <message>
        <source>A version specifier is empty where one is needed</source>
        <translation>محدّد إصدار فارغ حيث يلزم محدّد</translation>
    </message>
    <message>
        <source>A version specifier is missing after “,”</source>
        <translation>ينقص محدّد إصدار بعد «,»</translation>
    </message>
    <message>
        <source>“%1” cannot be used with a version that has a local label (“%2”)</source>
        <translation>لا يُستخدم «⁨%1⁩» مع إصدار له وسم محلي («⁨%2⁩»)</translation>
    </message>
    <message>
        <source>“%1” does not begin with an operator: ==, !=, &lt;=, &gt;=, &lt;, &gt;, ~= or ===</source>
        <translation>«⁨%1⁩» لا يبدأ بعامل: == أو != أو &lt;= أو &gt;= أو &lt; أو &gt; أو ~= أو ===</translation>
    </message>
    <message>
        <source>“%1” has no operator in front of the version; “==%1” accepts only that version</source>
        <translation>ليس في «⁨%1⁩» عامل قبل الإصدار؛ و«==⁨%1⁩» لا يقبل إلا ذلك الإصدار</translation>
    </message>
    <message>
        <source>“%1” is not a usable version: a number in it is too large</source>
        <translation>«⁨%1⁩» ليس إصدارًا صالحًا: عدد فيه أكبر مما ينبغي</translation>
    </message>
    <message>
        <source>“%1” is not a version: it ends too early</source>
        <translation>«⁨%1⁩» ليس إصدارًا: ينتهي قبل أوانه</translation>
    </message>
    <message>
        <source>“%1” is not a version: “%2” does not belong there</source>
        <translation>«⁨%1⁩» ليس إصدارًا: لا مكان هناك لـ «⁨%2⁩»</translation>
    </message>
    <message>
        <source>“.*” cannot follow a development release or a local label</source>
        <translation>لا يأتي «.*» بعد إصدار تطوير أو وسم محلي</translation>
    </message>
    <message>
        <source>“.*” is possible with “==” and “!=” only, not with “%1”</source>
        <translation>لا يصح «.*» إلا مع «==» و«!=»، لا مع «⁨%1⁩»</translation>
    </message>
    <message>
        <source>“=” is not an operator of version specifiers; “==” is meant in “%1”</source>
        <translation>«=» ليس عاملًا في محدّدات الإصدار؛ المقصود «==» في «⁨%1⁩»</translation>
    </message>
    <message>
        <source>“~=” needs a version of two numbers or more, not “%1”</source>
        <translation>«~=» يحتاج إلى إصدار من عددين أو أكثر، لا «⁨%1⁩»</translation>
    </message>
</context>
<context>
    <name>wheel</name>
    <message>
        <source>%1 bytes instead of %2</source>
        <translation>⁨%1⁩ بايت بدل ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 has no RECORD that can be read: its files cannot be told from others and stay</source>
        <translation>ليس لـ ⁨%1⁩ ملف RECORD مقروء: لا تُميَّز ملفاته عن غيرها فتبقى</translation>
    </message>
    <message>
        <source>A change of “%1” that had broken off was finished</source>
        <translation>أُكمل تغيير في “%1” كان قد انقطع</translation>
    </message>
    <message>
        <source>A newer version of this program began to change the environment and broke off: “%1”</source>
        <translation>بدأ إصدار أحدث من هذا البرنامج تغيير البيئة ثم انقطع: «⁨%1⁩»</translation>
    </message>
    <message>
        <source>Create an environment</source>
        <translation>أنشئ بيئة</translation>
    </message>
    <message>
        <source>Download the package again</source>
        <translation>نزّل الحزمة من جديد</translation>
    </message>
    <message>
        <source>Install from an index that gives digests</source>
        <translation>ثبّت من فهرس يعطي البصمات</translation>
    </message>
    <message>
        <source>Install what you want to have now; nothing was changed</source>
        <translation>ثبّت ما تريده الآن؛ لم يتغيّر شيء</translation>
    </message>
    <message>
        <source>Make the environment anew</source>
        <translation>أنشئ البيئة من جديد</translation>
    </message>
    <message>
        <source>Make the plan again</source>
        <translation>ضع الخطة من جديد</translation>
    </message>
    <message>
        <source>Move it away</source>
        <translation>انقله من مكانه</translation>
    </message>
    <message>
        <source>RECORD does not list “%1”</source>
        <translation>لا يذكر RECORD «⁨%1⁩»</translation>
    </message>
    <message>
        <source>RECORD lists “%1”, which is not in the wheel</source>
        <translation>يذكر RECORD «⁨%1⁩»، وليس في الـ wheel</translation>
    </message>
    <message>
        <source>RECORD of %1 lists “%2”, which is not the package's and stays</source>
        <translation>يذكر RECORD الخاص بـ ⁨%1⁩ «⁨%2⁩»، وليس للحزمة فيبقى</translation>
    </message>
    <message>
        <source>The environment is half changed; the next command on it finishes the change</source>
        <translation>البيئة نصف متغيّرة؛ والأمر التالي عليها يُتمّ التغيير</translation>
    </message>
    <message>
        <source>The environment was copied while a change of it was half made: “%1”</source>
        <translation>نُسخت البيئة وتغييرها في منتصفه: «⁨%1⁩»</translation>
    </message>
    <message>
        <source>The script “%1” would replace “bin/%1” of the environment</source>
        <translation>النص البرمجي «⁨%1⁩» سيحلّ محل «bin/⁨%1⁩» في البيئة</translation>
    </message>
    <message>
        <source>The wheel follows version %1 of the wheel format; 1 is known</source>
        <translation>يتبع الـ wheel الإصدار ⁨%1⁩ من صيغة wheel، والمعروف 1</translation>
    </message>
    <message>
        <source>The wheel has no folder “%1.dist-info”</source>
        <translation>ليس في الـ wheel مجلد «⁨%1⁩.dist-info»</translation>
    </message>
    <message>
        <source>The wheel has no “%1”</source>
        <translation>ليس في الـ wheel «⁨%1⁩»</translation>
    </message>
    <message>
        <source>The wheel has two .data folders: “%1” and “%2”</source>
        <translation>في الـ wheel مجلدا .data: «⁨%1⁩» و«⁨%2⁩»</translation>
    </message>
    <message>
        <source>The wheel has two .dist-info folders: “%1” and “%2”</source>
        <translation>في الـ wheel مجلدا .dist-info: «⁨%1⁩» و«⁨%2⁩»</translation>
    </message>
    <message>
        <source>The wheel's METADATA is for %1 %2, its file name for %3 %4</source>
        <translation>METADATA في الـ wheel لـ ⁦%1 %2⁩، واسم ملفه لـ ⁦%3 %4⁩</translation>
    </message>
    <message>
        <source>There is no change %1 to undo in “%2”</source>
        <translation>لا يوجد في “%2” تغيير رقمه %1 للتراجع عنه</translation>
    </message>
    <message>
        <source>There is no whole journal in “%1”</source>
        <translation>لا يومية كاملة في «⁨%1⁩»</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>حاول مرة أخرى</translation>
    </message>
    <message>
        <source>Uninstall the package it belongs to, or move it away</source>
        <translation>أزل الحزمة التي ينتمي إليها، أو انقله بعيدًا</translation>
    </message>
    <message>
        <source>Use that version, or make the environment anew</source>
        <translation>استخدم ذلك الإصدار، أو أنشئ البيئة من جديد</translation>
    </message>
    <message>
        <source>WHEEL names the tag “%1”, which the file name does not</source>
        <translation>يسمّي WHEEL الوسم «⁨%1⁩»، ولا يسمّيه اسم الملف</translation>
    </message>
    <message>
        <source>What “%1” keeps cannot be put back: the environment was copied, or the folder is damaged</source>
        <translation>لا يمكن استعادة ما في “%1”: نُسخت البيئة، أو المجلد تالف</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>مجلد</translation>
    </message>
    <message>
        <source>a link to “%1”</source>
        <translation>وصلة إلى «⁨%1⁩»</translation>
    </message>
    <message>
        <source>in “%1/RECORD”</source>
        <translation>في «⁨%1⁩/RECORD»</translation>
    </message>
    <message>
        <source>it is not there</source>
        <translation>ليس موجودًا</translation>
    </message>
    <message>
        <source>it is of %1 %2</source>
        <translation>هو لـ⁨%1⁩ ⁨%2⁩</translation>
    </message>
    <message>
        <source>no file</source>
        <translation>ليس ملفًا</translation>
    </message>
    <message>
        <source>other contents</source>
        <translation>محتوى آخر</translation>
    </message>
    <message>
        <source>while unpacking “%1”</source>
        <translation>أثناء فك «⁨%1⁩»</translation>
    </message>
    <message>
        <source>“%1/METADATA” follows version “%2” of the metadata format; 1 and 2 are known</source>
        <translation>يتبع «⁨%1⁩/METADATA» الإصدار «⁨%2⁩» من صيغة البيانات الوصفية، والمعروف 1 و 2</translation>
    </message>
    <message>
        <source>“%1/WHEEL” does not say which version of the wheel format it follows</source>
        <translation>لا يقول «⁨%1⁩/WHEEL» أي إصدار من صيغة wheel يتبع</translation>
    </message>
    <message>
        <source>“%1” and “%2” are one name where case does not count</source>
        <translation>«⁨%1⁩» و«⁨%2⁩» اسم واحد حيث لا فرق بين الحروف الكبيرة والصغيرة</translation>
    </message>
    <message>
        <source>“%1” does not belong to %2</source>
        <translation>«⁨%1⁩» ليس تابعًا لـ ⁨%2⁩</translation>
    </message>
    <message>
        <source>“%1” follows version %2 of the metadata format, newer than what is known</source>
        <translation>يتبع «⁨%1⁩» الإصدار ⁨%2⁩ من صيغة البيانات الوصفية، وهو أحدث من المعروف</translation>
    </message>
    <message>
        <source>“%1” follows version %2 of the wheel format, newer than what is known</source>
        <translation>يتبع «⁨%1⁩» الإصدار ⁨%2⁩ من صيغة wheel، وهو أحدث من المعروف</translation>
    </message>
    <message>
        <source>“%1” has a name that Windows does not take</source>
        <translation>لـ «⁨%1⁩» اسم لا يقبله Windows</translation>
    </message>
    <message>
        <source>“%1” is a file or a link, where a package has a folder</source>
        <translation>«⁨%1⁩» ملف أو وصلة، وفي الحزمة مجلد مكانه</translation>
    </message>
    <message>
        <source>“%1” is a folder with other files, where a package has a file</source>
        <translation>«⁨%1⁩» مجلد فيه ملفات أخرى، وفي الحزمة ملف مكانه</translation>
    </message>
    <message>
        <source>“%1” is a link and becomes a file that holds the link's text</source>
        <translation>«⁨%1⁩» وصلة، ويصير ملفًا فيه نص الوصلة</translation>
    </message>
    <message>
        <source>“%1” is for an unknown place: purelib, platlib, headers, scripts and data are known</source>
        <translation>«⁨%1⁩» لمكان مجهول: المعروف purelib و platlib و headers و scripts و data</translation>
    </message>
    <message>
        <source>“%1” is in %2 and in %3, and not the same</source>
        <translation>«⁨%1⁩» في ⁨%2⁩ وفي ⁨%3⁩، وليسا سواء</translation>
    </message>
    <message>
        <source>“%1” is no virtual environment, and nothing is installed into other interpreters</source>
        <translation>«⁨%1⁩» ليست بيئة افتراضية، ولا يُثبَّت شيء في مفسّرات أخرى</translation>
    </message>
    <message>
        <source>“%1” is not as it was unpacked</source>
        <translation>«⁨%1⁩» ليس كما فُكّ</translation>
    </message>
    <message>
        <source>“%1” is not in the environment “%2”</source>
        <translation>«⁨%1⁩» ليس في البيئة «⁨%2⁩»</translation>
    </message>
    <message>
        <source>“%1” is not the file that the wheel's RECORD describes</source>
        <translation>«⁨%1⁩» ليس الملف الذي يصفه RECORD في الـ wheel</translation>
    </message>
    <message>
        <source>“%1” is spelt so that it may mean another place</source>
        <translation>«⁨%1⁩» مكتوب بحيث قد يعني مكانًا آخر</translation>
    </message>
    <message>
        <source>“%1” lies in no folder of “%2”</source>
        <translation>لا يقع «⁨%1⁩» في أي مجلد من «⁨%2⁩»</translation>
    </message>
    <message>
        <source>“%1” of the environment “%2” lies outside it</source>
        <translation>«⁨%1⁩» في البيئة «⁨%2⁩» يقع خارجها</translation>
    </message>
    <message>
        <source>“%1” runs whenever the interpreter starts</source>
        <translation>يعمل «⁨%1⁩» كلما بدأ المفسّر</translation>
    </message>
    <message>
        <source>“%1” stays, because “%2” has it too</source>
        <translation>يبقى «⁨%1⁩»، لأنه في «⁨%2⁩» أيضًا</translation>
    </message>
    <message>
        <source>“%1” was changed by another program meanwhile</source>
        <translation>غيّر برنامج آخر «⁨%1⁩» في هذه الأثناء</translation>
    </message>
    <message>
        <source>“%1” was changed by another program since the plan was made</source>
        <translation>غيّر برنامج آخر “%1” منذ إعداد الخطة</translation>
    </message>
    <message>
        <source>“%1” was changed by another program since, so what was there before cannot be put back over it</source>
        <translation>غيّر برنامج آخر “%1” منذ ذلك الحين، فلا يمكن أن يُستعاد فوقه ما كان من قبل</translation>
    </message>
    <message>
        <source>“%1” was changed since the last command broke off, and stays as it is</source>
        <translation>تغيّر «⁨%1⁩» منذ انقطع آخر أمر، ويبقى كما هو</translation>
    </message>
    <message>
        <source>“%1” was changed since the plan was made</source>
        <translation>تغيّر «⁨%1⁩» منذ وضع الخطة</translation>
    </message>
    <message>
        <source>“%1” would be part of another .dist-info folder</source>
        <translation>سيكون «⁨%1⁩» جزءًا من مجلد .dist-info آخر</translation>
    </message>
    <message>
        <source>“%1” would go too, and it is not what was installed then</source>
        <translation>سيذهب “%1” أيضًا، وهو ليس مما ثُبّت حينها</translation>
    </message>
    <message>
        <source>“%1” would replace “%2” of the environment</source>
        <translation>سيحلّ «⁨%1⁩» محل «⁨%2⁩» في البيئة</translation>
    </message>
</context>
</TS>
