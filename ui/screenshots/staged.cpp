// SPDX-License-Identifier: Apache-2.0
#include "screenshots/staged.h"

#include <QCoreApplication>
#include <QDir>

using namespace Qt::StringLiterals;

namespace sconce::ui {

namespace {

using Kind = plan::Operation::Kind;
using SizeSource = plan::Operation::Size::Source;

struct StageWords {
    Q_DECLARE_TR_FUNCTIONS(StageWords)
};

names::Name named(QStringView text)
{
    return *names::Name::parse(text);
}

versions::Version version(QStringView text)
{
    return *versions::Version::parse(text);
}

/// What the made-up project ends with. Those without a size are the ones that no index names a size for.
struct Row {
    const char16_t *name;
    const char16_t *version;
    double megabytes;
    bool fromPyTorch;
    const char16_t *why; // empty: the project asks for it
};
constexpr Row Rows[] = {
    {u"torch", u"2.9.1+cu129", 902, true, u""},
    {u"torchaudio", u"2.9.1+cu129", 2.1, true, u""},
    {u"librosa", u"0.11.0", 0.26, false, u""},
    {u"transformers", u"4.57.1", 12, false, u""},
    {u"nvidia-cudnn-cu12", u"9.10.2.21", 707, false, u"torch"},
    {u"nvidia-cublas-cu12", u"12.9.1.4", 594, false, u"torch"},
    {u"nvidia-cusparselt-cu12", u"0.7.1", 287, false, u"torch"},
    {u"nvidia-nccl-cu12", u"2.27.5", 322, false, u"torch"},
    {u"triton", u"3.5.1", 0, true, u"torch"},
    {u"numpy", u"2.1.3", 16, false, u"numba <2.2"},
    {u"numba", u"0.60.0", 3.8, false, u"librosa"},
    {u"scipy", u"1.16.3", 35.7, false, u"librosa"},
    {u"scikit-learn", u"1.7.2", 9.6, false, u"librosa"},
    {u"soundfile", u"0.13.1", 1.3, false, u"librosa"},
    {u"huggingface-hub", u"0.36.0", 0.57, false, u"transformers"},
    {u"tokenizers", u"0.22.1", 3.3, false, u"transformers"},
    {u"safetensors", u"0.6.2", 0.49, false, u"transformers"},
    {u"regex", u"2025.11.3", 0.8, false, u"transformers"},
    {u"tqdm", u"4.67.1", 0.08, false, u"huggingface-hub, transformers"},
    {u"filelock", u"3.20.0", 0.016, false, u"torch"},
    {u"jinja2", u"3.1.6", 0.135, false, u"torch"},
    {u"networkx", u"3.5", 2.0, false, u"torch"},
    {u"sympy", u"1.14.0", 6.3, false, u"torch"},
    {u"fsspec", u"2025.10.0", 0.2, false, u"torch"},
};

metadata::IndexLocation pypi()
{
    metadata::IndexLocation index;
    index.url = QUrl(u"https://pypi.org/simple"_s);
    index.isDefault = true;
    return index;
}

metadata::IndexLocation pyTorch()
{
    metadata::IndexLocation index;
    index.url = QUrl(u"https://download.pytorch.org/whl/cu129"_s);
    return index;
}

metadata::IndexFile fileOf(const Row &row)
{
    metadata::IndexFile file{.package = named(row.name), .version = version(row.version)};
    if (row.megabytes > 0)
        file.size = qint64(row.megabytes * 1e6);
    return file;
}

plan::Operation operationOf(const Row &row)
{
    plan::Operation operation{.name = named(row.name)};
    operation.to = version(row.version);
    operation.file = fileOf(row);
    operation.index = row.fromPyTorch ? pyTorch() : pypi();
    operation.size.bytes = operation.file->size;
    operation.size.source = !operation.size.bytes ? SizeSource::Unknown
        : row.fromPyTorch                         ? SizeSource::Measured
                                                  : SizeSource::Listed;
    operation.isRequested = row.why[0] == 0;
    operation.why = operation.isRequested ? StageWords::tr("you asked") : QString::fromUtf16(row.why);
    return operation;
}

python::Interpreter interpreter()
{
    python::Interpreter python;
    python.executable = u"/usr/bin/python3.12"_s;
    python.environment.pythonFullVersion = u"3.12.11"_s;
    python.environment.pythonVersion = u"3.12"_s;
    python.environment.implementationVersion = u"3.12.11"_s;
    return python;
}

hardware::Fact fact(const char16_t *value, const char16_t *source)
{
    return {QString::fromUtf16(value), QString::fromUtf16(source)};
}

hardware::Device geForce()
{
    const char16_t *query = u"nvidia-smi --query-gpu";
    hardware::Device device;
    device.name = fact(u"NVIDIA GeForce RTX 3060", query);
    device.driver = fact(u"570.172.08", u"/sys/module/nvidia/version");
    device.computeCapability = fact(u"8.6", query);
    device.memory = fact(u"12884901888", query);
    device.pciAddress = fact(u"0000:01:00.0", u"/sys/bus/pci/devices");
    return device;
}

hardware::Device radeon()
{
    hardware::Device device;
    device.vendor = hardware::Vendor::Amd;
    device.name = fact(u"AMD Radeon 780M Graphics", u"/sys/bus/pci/devices");
    device.architecture = fact(u"gfx1103", u"/sys/class/kfd/kfd/topology/nodes/1/properties");
    device.isIntegrated = true;
    return device;
}

std::shared_ptr<const resolve::Derivation> step(
    const QString &text, std::vector<std::shared_ptr<const resolve::Derivation>> causes = {})
{
    resolve::Derivation fact;
    fact.kind = causes.empty() ? resolve::Derivation::Kind::Requires : resolve::Derivation::Kind::Derived;
    fact.text = text;
    fact.causes = std::move(causes);
    return std::make_shared<const resolve::Derivation>(fact);
}

actions::Rung rung(
    const char16_t *id, actions::Rung::Outcome outcome, const QString &sentence, const QString &evidence = {})
{
    return {QString::fromUtf16(id), outcome, sentence, evidence};
}

} // namespace

hardware::DeviceReport stagedComputer(Stage::Gpu gpu)
{
    hardware::DeviceReport report;
    report.operatingSystem = u"Linux"_s;
    report.machine = u"x86_64"_s;
    if (gpu == Stage::Gpu::Nvidia || gpu == Stage::Gpu::TwoVendors) {
        report.devices.push_back(geForce());
        report.accelerator = hardware::Accelerator{hardware::Accelerator::Kind::Cuda, version(u"570.172.08"),
            {}, fact(u"570.172.08", u"/sys/module/nvidia/version")};
        report.looked << u"/sys/module/nvidia/version: 570.172.08"_s;
    }
    if (gpu == Stage::Gpu::TwoVendors)
        report.devices.push_back(radeon());
    return report;
}

plan::Plan stagedPlan(bool careful)
{
    plan::Plan plan;
    plan.environmentFolder = u"/home/ada/work/speech-demo/.venv"_s;
    if (!careful)
        plan.createWith = interpreter();
    for (const Row &row : Rows) {
        plan::Operation operation = operationOf(row);
        resolve::ResolvedPackage wanted{.name = operation.name,
            .version = *operation.to,
            .index = operation.index,
            .file = *operation.file};
        if (operation.isRequested)
            wanted.wishedBy << u"pyproject.toml"_s;
        else
            wanted.neededBy.push_back(named(operation.why.section(u' ', 0, 0).remove(u',')));
        plan.wanted.push_back(wanted);
        if (careful && operation.name.text() == u"numpy"_s) {
            operation.kind = Kind::Downgrade;
            operation.from = version(u"2.3.1");
            plan.warnings.push_back(
                {StageWords::tr("numpy goes down from 2.3.1 to 2.1.3, because numba 0.60.0 needs numpy <2.2"),
                    operation.name});
        } else if (careful && operation.name.text() == u"torch"_s) {
            operation.kind = Kind::SwitchBackend;
            operation.from = version(u"2.9.0+cpu");
            plan.warnings.push_back(
                {StageWords::tr("torch changes its build from 2.9.0+cpu to 2.9.1+cu129"), operation.name});
        } else if (careful && !operation.isRequested && operation.size.bytes.value_or(0) < 50'000'000) {
            plan.unchanged.push_back(operation.name);
            continue;
        }
        plan.operations.push_back(operation);
    }
    return plan;
}

actions::SetUpConflict stagedConflict()
{
    const QString asked = StageWords::tr("speech-demo needs torch <2.9");
    const QString needed = StageWords::tr("torchaudio 2.9.1 needs torch 2.9.1");
    const QString wished = StageWords::tr("speech-demo needs torchaudio 2.9.1");
    actions::SetUpConflict conflict;
    conflict.derivation = step(StageWords::tr("your requirements cannot be met"),
        {step(StageWords::tr("speech-demo needs torch 2.9.1"), {step(wished), step(needed)}), step(asked)});
    conflict.sentence =
        StageWords::tr("Because speech-demo needs torchaudio 2.9.1, which needs torch 2.9.1, and "
                       "speech-demo needs torch <2.9, your requirements cannot be met");
    conflict.collision = {u"torch"_s, StageWords::tr("No version of torch is both 2.9.1 and <2.9"),
        {{{u"speech-demo"_s, u"torchaudio 2.9.1"_s, wished},
             {u"torchaudio 2.9.1"_s, u"torch 2.9.1"_s, needed}},
            {{u"speech-demo"_s, u"torch <2.9"_s, asked}}}};
    actions::OfferedFix relax;
    relax.text = StageWords::tr("Ask for any version of “torch”");
    relax.outcome = u"torch 2.9.1"_s;
    relax.edits = {{.path = QDir::homePath() + u"/work/speech-demo/pyproject.toml"_s,
        .before = QByteArray(),
        .after = {},
        .summary = relax.text,
        .details = {u"-     \"torch<2.9\","_s, u"+     \"torch\","_s}}};
    actions::OfferedFix python;
    python.text = StageWords::tr("Set requires-python to “>=3.11”");
    python.byHand = u"[project]\nrequires-python = \">=3.11\""_s;
    conflict.fixes = {relax, python};
    return conflict;
}

actions::Overview stagedOverview(const QString &path, bool usesTorch, bool isInstalled)
{
    actions::Overview overview;
    project::Project &project = overview.project;
    project.folder = path;
    project.file = path + u"/pyproject.toml"_s;
    project.name = named(QStringView(path).mid(path.lastIndexOf(u'/') + 1));
    project.requiresPython = *versions::SpecifierSet::parse(u">=3.10");
    for (const Row &row : Rows) {
        const bool isTorch = QStringView(row.name).startsWith(u"torch");
        if (row.why[0] == 0 && (usesTorch || !isTorch))
            project.dependencies.push_back(
                {*requirements::Requirement::parse(QString::fromUtf16(row.name)), {}});
    }
    project.extras[named(u"notebook")] = {};
    project.groups[named(u"dev")] = {};
    project.uv.defaultGroups = {named(u"dev")};
    overview.usesTorch = usesTorch;
    overview.environmentFolder = path + u"/.venv"_s;
    if (isInstalled) {
        for (const Row &row : Rows)
            overview.installed.push_back(
                {.name = named(row.name), .version = version(row.version), .installer = u"sconce"_s});
    }
    return overview;
}

actions::CheckReport stagedReport(actions::Rung::Outcome outcome)
{
    using Outcome = actions::Rung::Outcome;
    actions::CheckReport report;
    report.outcome = outcome;
    report.rungs.push_back(rung(u"import", Outcome::Passed, StageWords::tr("torch 2.9.1+cu129 imports"),
        StageWords::tr("in 1.9 seconds")));
    const actions::Rung built = rung(u"build", Outcome::Passed, StageWords::tr("It was built for CUDA 12.9"),
        u"torch.version.cuda = 12.9"_s);
    if (outcome == Outcome::Passed) {
        report.rungs.push_back(built);
        report.rungs.push_back(rung(u"devices", Outcome::Passed,
            StageWords::tr("It sees NVIDIA GeForce RTX 3060, compute capability 8.6"),
            u"sm_75 sm_80 sm_86 sm_90 sm_100 sm_120"_s));
        report.rungs.push_back(
            rung(u"allocate", Outcome::Passed, StageWords::tr("It can use the memory of the GPU")));
        report.rungs.push_back(rung(u"product", Outcome::Passed,
            StageWords::tr("A product of two matrices came out right"), StageWords::tr("in 3 milliseconds")));
        report.summary = StageWords::tr("torch sees NVIDIA GeForce RTX 3060 and computes correctly on it");
    } else if (outcome == Outcome::Caveat) {
        report.rungs.push_back(rung(u"build", Outcome::Caveat,
            StageWords::tr("It was built for the CPU only, and this computer has a GPU"),
            u"torch.version.cuda = None"_s));
        report.rungs.push_back(
            rung(u"devices", Outcome::Skipped, StageWords::tr("No GPU to look for in a build for the CPU")));
        report.rungs.push_back(rung(u"product", Outcome::Passed,
            StageWords::tr("A product of two matrices on the CPU came out right")));
        report.summary =
            StageWords::tr("torch works on the CPU only, although this computer has NVIDIA GeForce RTX 3060");
    } else {
        report.rungs.push_back(built);
        report.rungs.push_back(rung(u"devices", Outcome::Failed,
            StageWords::tr("It does not see the GPU: the driver is too old for CUDA 12.9"),
            u"CUDA driver version is insufficient for CUDA runtime version"_s));
        report.rungs.push_back(
            rung(u"allocate", Outcome::Skipped, StageWords::tr("Skipped, because no GPU was seen")));
        report.rungs.push_back(
            rung(u"product", Outcome::Skipped, StageWords::tr("Skipped, because no GPU was seen")));
        report.summary = StageWords::tr("torch does not see the GPU");
    }
    return report;
}

} // namespace sconce::ui
