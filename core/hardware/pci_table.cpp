// SPDX-License-Identifier: Apache-2.0
#include "hardware/evidence.h"

namespace sconce::hardware {

using namespace Qt::StringLiterals;

namespace {

/// Device numbers of one generation lie together, so a span stands for all of its cards.
struct Family {
    quint16 vendor;
    quint16 first;
    quint16 last;
    const char16_t *architecture;
};

// NVIDIA: compute capability (https://developer.nvidia.com/cuda-gpus, legacy GPUs on its sister page).
// AMD: the target of the amdgpu compiler (https://llvm.org/docs/AMDGPUUsage.html, table of processors).
// Intel: the code name that PyTorch's list of supported GPUs uses
// (https://docs.pytorch.org/docs/stable/notes/get_start_xpu.html). Numbers: https://pci-ids.ucw.cz and the
// kernel's include/drm/intel/pciids.h. The narrower span stands first.
constexpr Family Families[] = {
    {PciNvidia, 0x102d, 0x102d, u"3.7"}, // K80
    {PciNvidia, 0x1340, 0x13bf, u"5.0"},
    {PciNvidia, 0x174d, 0x174e, u"5.0"},
    {PciNvidia, 0x179c, 0x179c, u"5.0"},
    {PciNvidia, 0x13c0, 0x143f, u"5.2"},
    {PciNvidia, 0x1617, 0x1667, u"5.2"},
    {PciNvidia, 0x17c2, 0x17fd, u"5.2"},
    {PciNvidia, 0x15f0, 0x15ff, u"6.0"}, // P100
    {PciNvidia, 0x1d80, 0x1dff, u"7.0"}, // V100
    {PciNvidia, 0x1b00, 0x1d7f, u"6.1"},
    {PciNvidia, 0x1e00, 0x1fff, u"7.5"},
    {PciNvidia, 0x2180, 0x21ff, u"7.5"},
    {PciNvidia, 0x2080, 0x20ff, u"8.0"}, // A100, A30
    {PciNvidia, 0x2200, 0x22ff, u"8.6"},
    {PciNvidia, 0x2400, 0x25ff, u"8.6"},
    {PciNvidia, 0x2300, 0x23ff, u"9.0"}, // H100, H200
    {PciNvidia, 0x2600, 0x28ff, u"8.9"},
    {PciNvidia, 0x2900, 0x29ff, u"10.0"}, // B200
    {PciNvidia, 0x2b80, 0x2fff, u"12.0"},

    {PciAmd, 0x6860, 0x687f, u"gfx900"},
    {PciAmd, 0x15d8, 0x15d8, u"gfx902"},
    {PciAmd, 0x15dd, 0x15dd, u"gfx902"},
    {PciAmd, 0x66a0, 0x66af, u"gfx906"},
    {PciAmd, 0x7388, 0x738e, u"gfx908"},
    {PciAmd, 0x7408, 0x7410, u"gfx90a"},
    {PciAmd, 0x1636, 0x1638, u"gfx90c"},
    {PciAmd, 0x74a0, 0x74bd, u"gfx942"},
    {PciAmd, 0x75a0, 0x75a3, u"gfx950"},
    {PciAmd, 0x73f0, 0x73f0, u"gfx1102"}, // a Navi 33 among Navi 23
    {PciAmd, 0x73a0, 0x73bf, u"gfx1030"},
    {PciAmd, 0x73c0, 0x73df, u"gfx1031"},
    {PciAmd, 0x73e0, 0x73ff, u"gfx1032"},
    {PciAmd, 0x163f, 0x163f, u"gfx1033"},
    {PciAmd, 0x7420, 0x743f, u"gfx1034"},
    {PciAmd, 0x1681, 0x1681, u"gfx1035"},
    {PciAmd, 0x164d, 0x164d, u"gfx1035"},
    {PciAmd, 0x164e, 0x164e, u"gfx1036"},
    {PciAmd, 0x13c0, 0x13c0, u"gfx1036"},
    {PciAmd, 0x1506, 0x1506, u"gfx1037"},
    {PciAmd, 0x7440, 0x745f, u"gfx1100"},
    {PciAmd, 0x7460, 0x747f, u"gfx1101"},
    {PciAmd, 0x7480, 0x749f, u"gfx1102"},
    {PciAmd, 0x15bf, 0x15c8, u"gfx1103"},
    {PciAmd, 0x1900, 0x1901, u"gfx1103"},
    {PciAmd, 0x150e, 0x150e, u"gfx1150"},
    {PciAmd, 0x1586, 0x1586, u"gfx1151"},
    {PciAmd, 0x1114, 0x1114, u"gfx1152"},
    {PciAmd, 0x7590, 0x7590, u"gfx1200"},
    {PciAmd, 0x7550, 0x7551, u"gfx1201"},

    {PciIntel, 0x0b69, 0x0b6e, u"Ponte Vecchio"},
    {PciIntel, 0x0bd0, 0x0be5, u"Ponte Vecchio"},
    {PciIntel, 0x4905, 0x4909, u"DG1"},
    {PciIntel, 0x4f80, 0x4f88, u"Alchemist"},
    {PciIntel, 0x5690, 0x56c2, u"Alchemist"},
    {PciIntel, 0x6420, 0x64b0, u"Lunar Lake"},
    {PciIntel, 0x7d41, 0x7d41, u"Arrow Lake"},
    {PciIntel, 0x7d51, 0x7d51, u"Arrow Lake"},
    {PciIntel, 0x7d67, 0x7d67, u"Arrow Lake"},
    {PciIntel, 0x7dd1, 0x7dd1, u"Arrow Lake"},
    {PciIntel, 0xb640, 0xb640, u"Arrow Lake"},
    {PciIntel, 0x7d40, 0x7d60, u"Meteor Lake"},
    {PciIntel, 0x7dd5, 0x7dd5, u"Meteor Lake"},
    {PciIntel, 0xb080, 0xb0b0, u"Panther Lake"},
    {PciIntel, 0xe202, 0xe223, u"Battlemage"},
    {PciIntel, 0x0102, 0x0126, u"Sandy Bridge"},
    {PciIntel, 0x0152, 0x016a, u"Ivy Bridge"},
    {PciIntel, 0x0402, 0x0d36, u"Haswell"}, // after Ponte Vecchio, which lies inside
    {PciIntel, 0x1602, 0x163e, u"Broadwell"},
    {PciIntel, 0x1902, 0x193d, u"Skylake"},
    {PciIntel, 0x3184, 0x3185, u"Gemini Lake"},
    {PciIntel, 0x4541, 0x4571, u"Elkhart Lake"},
    {PciIntel, 0x4e51, 0x4e71, u"Jasper Lake"},
    {PciIntel, 0x5a84, 0x5a85, u"Apollo Lake"},
    {PciIntel, 0x87c0, 0x87ca, u"Amber Lake"},
    {PciIntel, 0x3e90, 0x3ea9, u"Coffee Lake"},
    {PciIntel, 0x4626, 0x463a, u"Alder Lake"},
    {PciIntel, 0x4680, 0x46d4, u"Alder Lake"},
    {PciIntel, 0x4c80, 0x4c9a, u"Rocket Lake"},
    {PciIntel, 0x5902, 0x593b, u"Kaby Lake"},
    {PciIntel, 0x8a50, 0x8a71, u"Ice Lake"},
    {PciIntel, 0x9a40, 0x9af8, u"Tiger Lake"},
    {PciIntel, 0x9b21, 0x9bf6, u"Comet Lake"},
    {PciIntel, 0xa720, 0xa7ad, u"Raptor Lake"},
};

struct Name {
    quint16 vendor;
    quint16 device;
    const char16_t *name;
};

// The cards people ask about most, for systems without pci.ids.
constexpr Name Names[] = {
    {PciNvidia, 0x1b06, u"GeForce GTX 1080 Ti"},
    {PciNvidia, 0x1b80, u"GeForce GTX 1080"},
    {PciNvidia, 0x1b81, u"GeForce GTX 1070"},
    {PciNvidia, 0x1c03, u"GeForce GTX 1060 6GB"},
    {PciNvidia, 0x1db4, u"Tesla V100 PCIe 16GB"},
    {PciNvidia, 0x1db5, u"Tesla V100 SXM2 32GB"},
    {PciNvidia, 0x1e04, u"GeForce RTX 2080 Ti"},
    {PciNvidia, 0x1eb8, u"Tesla T4"},
    {PciNvidia, 0x1f08, u"GeForce RTX 2060"},
    {PciNvidia, 0x20b0, u"A100 SXM4 40GB"},
    {PciNvidia, 0x20b2, u"A100 SXM4 80GB"},
    {PciNvidia, 0x20b5, u"A100 PCIe 80GB"},
    {PciNvidia, 0x2184, u"GeForce GTX 1660"},
    {PciNvidia, 0x2204, u"GeForce RTX 3090"},
    {PciNvidia, 0x2206, u"GeForce RTX 3080"},
    {PciNvidia, 0x2236, u"A10"},
    {PciNvidia, 0x2330, u"H100 SXM5 80GB"},
    {PciNvidia, 0x2331, u"H100 PCIe"},
    {PciNvidia, 0x2335, u"H200 SXM 141GB"},
    {PciNvidia, 0x2484, u"GeForce RTX 3070"},
    {PciNvidia, 0x2486, u"GeForce RTX 3060 Ti"},
    {PciNvidia, 0x2503, u"GeForce RTX 3060"},
    {PciNvidia, 0x2504, u"GeForce RTX 3060"},
    {PciNvidia, 0x2520, u"GeForce RTX 3060 Mobile"},
    {PciNvidia, 0x2684, u"GeForce RTX 4090"},
    {PciNvidia, 0x26b9, u"L40S"},
    {PciNvidia, 0x2704, u"GeForce RTX 4080"},
    {PciNvidia, 0x2786, u"GeForce RTX 4070"},
    {PciNvidia, 0x27b8, u"L4"},
    {PciNvidia, 0x2803, u"GeForce RTX 4060 Ti"},
    {PciNvidia, 0x2882, u"GeForce RTX 4060"},
    {PciNvidia, 0x2901, u"B200"},
    {PciNvidia, 0x2b85, u"GeForce RTX 5090"},
    {PciNvidia, 0x2bb1, u"RTX PRO 6000 Blackwell"},
    {PciNvidia, 0x2c02, u"GeForce RTX 5080"},
    {PciNvidia, 0x2c05, u"GeForce RTX 5070 Ti"},
    {PciNvidia, 0x2d04, u"GeForce RTX 5060 Ti"},
    {PciNvidia, 0x2f04, u"GeForce RTX 5070"},

    {PciAmd, 0x1586, u"Radeon 8060S"},
    {PciAmd, 0x150e, u"Radeon 890M"},
    {PciAmd, 0x15bf, u"Radeon 780M"},
    {PciAmd, 0x164e, u"Radeon Graphics"},
    {PciAmd, 0x1681, u"Radeon 680M"},
    {PciAmd, 0x66af, u"Radeon VII"},
    {PciAmd, 0x687f, u"Radeon RX Vega 56/64"},
    {PciAmd, 0x738c, u"Instinct MI100"},
    {PciAmd, 0x73bf, u"Radeon RX 6800/6900 XT"},
    {PciAmd, 0x73df, u"Radeon RX 6700 XT"},
    {PciAmd, 0x73ff, u"Radeon RX 6600"},
    {PciAmd, 0x740c, u"Instinct MI250X"},
    {PciAmd, 0x740f, u"Instinct MI210"},
    {PciAmd, 0x744c, u"Radeon RX 7900 XT/XTX"},
    {PciAmd, 0x747e, u"Radeon RX 7700/7800 XT"},
    {PciAmd, 0x7480, u"Radeon RX 7600"},
    {PciAmd, 0x74a1, u"Instinct MI300X"},
    {PciAmd, 0x74a5, u"Instinct MI325X"},
    {PciAmd, 0x7550, u"Radeon RX 9070 XT"},
    {PciAmd, 0x7590, u"Radeon RX 9060 XT"},
    {PciAmd, 0x75a0, u"Instinct MI350X"},

    {PciIntel, 0x0bd5, u"Data Center GPU Max 1550"},
    {PciIntel, 0x0bda, u"Data Center GPU Max 1100"},
    {PciIntel, 0x3e92, u"UHD Graphics 630"},
    {PciIntel, 0x4680, u"UHD Graphics 770"},
    {PciIntel, 0x46a6, u"Iris Xe Graphics"},
    {PciIntel, 0x5690, u"Arc A770M"},
    {PciIntel, 0x56a0, u"Arc A770"},
    {PciIntel, 0x56a1, u"Arc A750"},
    {PciIntel, 0x56a5, u"Arc A380"},
    {PciIntel, 0x56c0, u"Data Center GPU Flex 170"},
    {PciIntel, 0x64a0, u"Arc 140V"},
    {PciIntel, 0x7d51, u"Arc 140T"},
    {PciIntel, 0x7d55, u"Arc Graphics"},
    {PciIntel, 0x9a49, u"Iris Xe Graphics"},
    {PciIntel, 0xa780, u"UHD Graphics 770"},
    {PciIntel, 0xa7a0, u"Iris Xe Graphics"},
    {PciIntel, 0xe20b, u"Arc B580"},
    {PciIntel, 0xe20c, u"Arc B570"},
};

} // namespace

QString knownName(quint16 vendor, quint16 device)
{
    for (const Name &row : Names) {
        if (row.vendor == vendor && row.device == device)
            return QString::fromUtf16(row.name);
    }
    return {};
}

QString knownArchitecture(quint16 vendor, quint16 device)
{
    for (const Family &row : Families) {
        if (row.vendor == vendor && row.first <= device && device <= row.last)
            return QString::fromUtf16(row.architecture);
    }
    return {};
}

} // namespace sconce::hardware
