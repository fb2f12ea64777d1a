<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>ActWords</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Ask for the right to read it, and look again</source>
        <translation>Lassen Sie sich das Leserecht geben und sehen Sie erneut nach</translation>
    </message>
    <message>
        <source>Check the connection and try again</source>
        <translation>Prüfen Sie die Verbindung und versuchen Sie es erneut</translation>
    </message>
    <message>
        <source>Correct the line in pyproject.toml; it is read again by itself</source>
        <translation>Berichtigen Sie die Zeile in pyproject.toml; sie wird von selbst neu gelesen</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Reading versions: %1</source>
        <translation>Versionen werden gelesen: %1</translation>
    </message>
    <message>
        <source>Try again; if it happens again, the package source serves a damaged file</source>
        <translation>Versuchen Sie es erneut; geschieht es wieder, liefert die Paketquelle eine beschädigte Datei</translation>
    </message>
    <message numerus="yes">
        <source>new, %n package(s)</source>
        <translation>
            <numerusform>neu, %Ln Paket</numerusform>
            <numerusform>neu, %Ln Pakete</numerusform>
        </translation>
    </message>
    <message>
        <source>while reading versions of %1</source>
        <translation>beim Lesen der Versionen von %1</translation>
    </message>
    <message>
        <source>“%1” cannot be read: access is denied</source>
        <translation>„%1“ kann nicht gelesen werden: Der Zugriff wird verweigert</translation>
    </message>
    <message>
        <source>“%1” did not answer: no connection to the network</source>
        <translation>„%1“ hat nicht geantwortet: keine Verbindung zum Netz</translation>
    </message>
    <message>
        <source>“%1” is not a requirement: a version is missing after “&gt;=”</source>
        <translation>„%1“ ist keine Anforderung: nach „&gt;=“ fehlt eine Version</translation>
    </message>
    <message>
        <source>“%1” is not the file the index names</source>
        <translation>„%1“ ist nicht die Datei, die der Index nennt</translation>
    </message>
</context>
<context>
    <name>CheckWords</name>
    <message>
        <source>Check of %1</source>
        <translation>Prüfung von %1</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>Bestanden</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Übersprungen</translation>
    </message>
    <message>
        <source>Works, with a caveat</source>
        <translation>Funktioniert mit Einschränkung</translation>
    </message>
</context>
<context>
    <name>ComputerWords</name>
    <message>
        <source>%1: %2</source>
        <comment>a GPU: why it cannot be used</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Looking for GPUs…</source>
        <translation>GPUs werden gesucht…</translation>
    </message>
    <message>
        <source>No GPU found, builds for the CPU will be used</source>
        <translation>Keine GPU gefunden; Pakete für die CPU werden verwendet</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>Noch nicht untersucht</translation>
    </message>
    <message>
        <source>Not looked at: cancelled</source>
        <translation>Nicht untersucht: abgebrochen</translation>
    </message>
    <message>
        <source>compute capability %1</source>
        <translation>Compute Capability %1</translation>
    </message>
    <message>
        <source>driver %1</source>
        <translation>Treiber %1</translation>
    </message>
</context>
<context>
    <name>PlanWords</name>
    <message>
        <source>%1 measured</source>
        <comment>size of a download</comment>
        <translation>%1 gemessen</translation>
    </message>
    <message>
        <source>%1 to download</source>
        <translation>%1 herunterzuladen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a file; what happens to it</comment>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) of unknown size</source>
        <translation>
            <numerusform>%Ln Download unbekannter Größe</numerusform>
            <numerusform>%Ln Downloads unbekannter Größe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) to write, the environment stays as it is</source>
        <translation>
            <numerusform>%Ln Datei zu schreiben, die Umgebung bleibt, wie sie ist</numerusform>
            <numerusform>%Ln Dateien zu schreiben, die Umgebung bleibt, wie sie ist</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n package(s) to install</source>
        <translation>
            <numerusform>%Ln Paket zu installieren</numerusform>
            <numerusform>%Ln Pakete zu installieren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to change</source>
        <translation>
            <numerusform>%Ln zu ändern</numerusform>
            <numerusform>%Ln zu ändern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to remove</source>
        <translation>
            <numerusform>%Ln zu entfernen</numerusform>
            <numerusform>%Ln zu entfernen</numerusform>
        </translation>
    </message>
    <message>
        <source>Add</source>
        <comment>a package</comment>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Again</source>
        <comment>install the same version anew</comment>
        <translation>Erneut</translation>
    </message>
    <message>
        <source>An empty environment to make</source>
        <translation>Eine leere Umgebung wird angelegt</translation>
    </message>
    <message>
        <source>Backend</source>
        <comment>another build of the same package</comment>
        <translation>Backend</translation>
    </message>
    <message>
        <source>Do</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Down</source>
        <comment>to an older version</comment>
        <translation>Abwärts</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Nothing to do: the environment is as the project wants it</source>
        <translation>Nichts zu tun: Die Umgebung ist so, wie das Projekt sie braucht</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>Paket</translation>
    </message>
    <message>
        <source>Plan for %1</source>
        <translation>Plan für %1</translation>
    </message>
    <message>
        <source>PyTorch %1</source>
        <translation>PyTorch %1</translation>
    </message>
    <message>
        <source>PyTorch %1 from %2</source>
        <comment>from a mirror</comment>
        <translation>PyTorch %1 von %2</translation>
    </message>
    <message>
        <source>Remove</source>
        <comment>a package</comment>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Auf</translation>
    </message>
    <message>
        <source>Up</source>
        <comment>to a newer version</comment>
        <translation>Aufwärts</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>in the cache</source>
        <translation>im Zwischenspeicher</translation>
    </message>
    <message>
        <source>nothing to download</source>
        <translation>nichts herunterzuladen</translation>
    </message>
    <message>
        <source>unknown size</source>
        <translation>unbekannte Größe</translation>
    </message>
</context>
<context>
    <name>Screenshots</name>
    <message>
        <source>The folder “%1” could not be made</source>
        <translation>Der Ordner „%1“ konnte nicht angelegt werden</translation>
    </message>
    <message>
        <source>“%1” could not be written</source>
        <translation>„%1“ konnte nicht geschrieben werden</translation>
    </message>
</context>
<context>
    <name>StageWords</name>
    <message>
        <source>A product of two matrices came out right</source>
        <translation>Ein Produkt zweier Matrizen ergab das richtige Ergebnis</translation>
    </message>
    <message>
        <source>A product of two matrices on the CPU came out right</source>
        <translation>Ein Produkt zweier Matrizen auf der CPU ergab das richtige Ergebnis</translation>
    </message>
    <message>
        <source>Ask for any version of “torch”</source>
        <translation>Irgendeine Version von „torch“ verlangen</translation>
    </message>
    <message>
        <source>Because speech-demo needs torchaudio 2.9.1, which needs torch 2.9.1, and speech-demo needs torch &lt;2.9, your requirements cannot be met</source>
        <translation>Weil speech-demo torchaudio 2.9.1 braucht, das torch 2.9.1 braucht, und speech-demo torch &lt;2.9 braucht, sind Ihre Anforderungen nicht zu erfüllen</translation>
    </message>
    <message>
        <source>It can use the memory of the GPU</source>
        <translation>Es kann den Speicher der GPU verwenden</translation>
    </message>
    <message>
        <source>It does not see the GPU: the driver is too old for CUDA 12.9</source>
        <translation>Es sieht die GPU nicht: Der Treiber ist zu alt für CUDA 12.9</translation>
    </message>
    <message>
        <source>It sees NVIDIA GeForce RTX 3060, compute capability 8.6</source>
        <translation>Es sieht NVIDIA GeForce RTX 3060, Compute Capability 8.6</translation>
    </message>
    <message>
        <source>It was built for CUDA 12.9</source>
        <translation>Es wurde für CUDA 12.9 gebaut</translation>
    </message>
    <message>
        <source>It was built for the CPU only, and this computer has a GPU</source>
        <translation>Es wurde nur für die CPU gebaut, und dieser Computer hat eine GPU</translation>
    </message>
    <message>
        <source>No GPU to look for in a build for the CPU</source>
        <translation>In einem Paket für die CPU gibt es keine GPU zu suchen</translation>
    </message>
    <message>
        <source>No version of torch is both 2.9.1 and &lt;2.9</source>
        <translation>Keine Version von torch ist zugleich 2.9.1 und &lt;2.9</translation>
    </message>
    <message>
        <source>Set requires-python to “&gt;=3.11”</source>
        <translation>requires-python auf „&gt;=3.11“ setzen</translation>
    </message>
    <message>
        <source>Skipped, because no GPU was seen</source>
        <translation>Übersprungen, weil keine GPU gesehen wurde</translation>
    </message>
    <message>
        <source>in 1.9 seconds</source>
        <translation>in 1,9 Sekunden</translation>
    </message>
    <message>
        <source>in 3 milliseconds</source>
        <translation>in 3 Millisekunden</translation>
    </message>
    <message>
        <source>numpy goes down from 2.3.1 to 2.1.3, because numba 0.60.0 needs numpy &lt;2.2</source>
        <translation>numpy geht von 2.3.1 auf 2.1.3 zurück, weil numba 0.60.0 numpy &lt;2.2 braucht</translation>
    </message>
    <message>
        <source>speech-demo needs torch 2.9.1</source>
        <translation>speech-demo braucht torch 2.9.1</translation>
    </message>
    <message>
        <source>speech-demo needs torch &lt;2.9</source>
        <translation>speech-demo braucht torch &lt;2.9</translation>
    </message>
    <message>
        <source>speech-demo needs torchaudio 2.9.1</source>
        <translation>speech-demo braucht torchaudio 2.9.1</translation>
    </message>
    <message>
        <source>torch 2.9.1+cu129 imports</source>
        <translation>torch 2.9.1+cu129 lässt sich importieren</translation>
    </message>
    <message>
        <source>torch changes its build from 2.9.0+cpu to 2.9.1+cu129</source>
        <translation>torch wechselt die Bauart von 2.9.0+cpu zu 2.9.1+cu129</translation>
    </message>
    <message>
        <source>torch does not see the GPU</source>
        <translation>torch sieht die GPU nicht</translation>
    </message>
    <message>
        <source>torch sees NVIDIA GeForce RTX 3060 and computes correctly on it</source>
        <translation>torch sieht NVIDIA GeForce RTX 3060 und rechnet darauf richtig</translation>
    </message>
    <message>
        <source>torch works on the CPU only, although this computer has NVIDIA GeForce RTX 3060</source>
        <translation>torch arbeitet nur auf der CPU, obwohl dieser Computer NVIDIA GeForce RTX 3060 hat</translation>
    </message>
    <message>
        <source>torchaudio 2.9.1 needs torch 2.9.1</source>
        <translation>torchaudio 2.9.1 braucht torch 2.9.1</translation>
    </message>
    <message>
        <source>you asked</source>
        <translation>von Ihnen verlangt</translation>
    </message>
    <message>
        <source>your requirements cannot be met</source>
        <translation>Ihre Anforderungen sind nicht zu erfüllen</translation>
    </message>
</context>
<context>
    <name>StepWords</name>
    <message>
        <source>Cancel leaves everything as it was.</source>
        <translation>Abbrechen lässt alles, wie es war.</translation>
    </message>
    <message>
        <source>Check Now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation>Kein Projekt ist geöffnet</translation>
    </message>
    <message>
        <source>Nothing has been changed yet.</source>
        <translation>Noch wurde nichts geändert.</translation>
    </message>
    <message>
        <source>Review Plan…</source>
        <translation>Plan ansehen…</translation>
    </message>
    <message>
        <source>Still looking for GPUs</source>
        <translation>GPUs werden noch gesucht</translation>
    </message>
    <message>
        <source>Still working out versions</source>
        <translation>Versionen werden noch ermittelt</translation>
    </message>
    <message>
        <source>The environment is as the project wants it.</source>
        <translation>Die Umgebung ist so, wie das Projekt sie braucht.</translation>
    </message>
    <message>
        <source>The environment is being checked</source>
        <translation>Die Umgebung wird geprüft</translation>
    </message>
    <message>
        <source>The plan is being carried out</source>
        <translation>Der Plan wird ausgeführt</translation>
    </message>
    <message>
        <source>The project is still being read</source>
        <translation>Das Projekt wird noch gelesen</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>%1 %</source>
        <extracomment>A share in per cent, as in "45 %"</extracomment>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 left</source>
        <comment>time</comment>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>bytes of a download</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1/s</source>
        <comment>speed of a download</comment>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>(dynamic)</source>
        <translation>(dynamisch)</translation>
    </message>
    <message>
        <source>Choose one of %1</source>
        <translation>Wählen Sie eines von %1</translation>
    </message>
    <message>
        <source>Write one of %1</source>
        <translation>Schreiben Sie eines von %1</translation>
    </message>
    <message>
        <source>Write “%1”</source>
        <translation>Schreiben Sie „%1“</translation>
    </message>
    <message>
        <source>a few seconds</source>
        <translation>wenige Sekunden</translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s)</source>
        <translation>
            <numerusform>etwa %Ln Stunde</numerusform>
            <numerusform>etwa %Ln Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s)</source>
        <translation>
            <numerusform>etwa %Ln Minute</numerusform>
            <numerusform>etwa %Ln Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n second(s)</source>
        <translation>
            <numerusform>etwa %Ln Sekunde</numerusform>
            <numerusform>etwa %Ln Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>made anew, %n package(s): %1</source>
        <translation>
            <numerusform>neu gemacht, %Ln Paket: %1</numerusform>
            <numerusform>neu gemacht, %Ln Pakete: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>new, %n package(s)</source>
        <translation>
            <numerusform>neu, %Ln Paket</numerusform>
            <numerusform>neu, %Ln Pakete</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is not a value of %2</source>
        <translation>„%1“ ist kein Wert von %2</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>%1 %2 is in a default group of the lock, of which nothing is installed</source>
        <translation>%1 %2 ist in einer Standardgruppe des Locks, aus der nichts installiert ist</translation>
    </message>
    <message>
        <source>%1 %2 is in the lock and not installed</source>
        <translation>%1 %2 steht im Lock und ist nicht installiert</translation>
    </message>
    <message>
        <source>%1 %2 is installed and not in the lock</source>
        <translation>%1 %2 ist installiert und steht nicht im Lock</translation>
    </message>
    <message>
        <source>%1 %2 is installed, and the lock has %3</source>
        <translation>%1 %2 ist installiert, im Lock steht %3</translation>
    </message>
    <message>
        <source>%1 %2 is installed, and the lock has another build of it, %3</source>
        <translation>%1 %2 ist installiert, im Lock steht ein anderer Build davon: %3</translation>
    </message>
    <message>
        <source>%1 %2 is installed, as it was chosen here; the lock has %3</source>
        <translation>%1 %2 ist installiert, wie es hier gewählt wurde; im Lock steht %3</translation>
    </message>
    <message>
        <source>%1 (%2 files)</source>
        <translation>%1 (%2 Dateien)</translation>
    </message>
    <message>
        <source>%1 answered with status %2</source>
        <translation>%1 hat mit Status %2 geantwortet</translation>
    </message>
    <message>
        <source>%1 has no RECORD, so nobody can tell which files are its own</source>
        <translation>%1 hat kein RECORD, daher ist nicht zu erkennen, welche Dateien dazugehören</translation>
    </message>
    <message>
        <source>%1 instead of %2</source>
        <translation>%1 statt %2</translation>
    </message>
    <message>
        <source>%1 is installed from sources, which would have to be built: %2</source>
        <translation>%1 ist aus Quellen installiert, die gebaut werden müssten: %2</translation>
    </message>
    <message>
        <source>%1 is installed from the folder “%2”, which is gone</source>
        <translation>%1 ist aus dem Ordner „%2“ installiert, den es nicht mehr gibt</translation>
    </message>
    <message>
        <source>%1 is installed more than once</source>
        <translation>%1 ist mehrfach installiert</translation>
    </message>
    <message>
        <source>%1 is installed twice, the second time as %2</source>
        <translation>%1 ist zweimal installiert, das zweite Mal als %2</translation>
    </message>
    <message>
        <source>%1 is not installed</source>
        <translation>%1 ist nicht installiert</translation>
    </message>
    <message>
        <source>%1 is to come from an index that is switched off</source>
        <translation>%1 soll aus einem Index kommen, der ausgeschaltet ist</translation>
    </message>
    <message>
        <source>%1 needs %2, and %3 is installed</source>
        <translation>%1 braucht %2, und %3 ist installiert</translation>
    </message>
    <message>
        <source>%1 needs %2, which is not installed</source>
        <translation>%1 braucht %2, das nicht installiert ist</translation>
    </message>
    <message>
        <source>%1 needs Python %2, and this is Python %3</source>
        <translation>%1 braucht Python %2, und dies ist Python %3</translation>
    </message>
    <message>
        <source>%1 needs Python %2, and “%3” is Python %4</source>
        <translation>%1 braucht Python %2, und „%3“ ist Python %4</translation>
    </message>
    <message>
        <source>%1 of %2 packages cannot be imported</source>
        <translation>%1 von %2 Paketen lassen sich nicht importieren</translation>
    </message>
    <message>
        <source>%1 packages import</source>
        <translation>%1 Pakete lassen sich importieren</translation>
    </message>
    <message>
        <source>%1 was installed from elsewhere than the lock says</source>
        <translation>%1 wurde von anderswo installiert, als der Lock sagt</translation>
    </message>
    <message>
        <source>%1 would fit: %2</source>
        <translation>%1 würde passen: %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>--extra and --group need a pyproject.toml to choose from</source>
        <translation>--extra und --group brauchen eine pyproject.toml, aus der sie wählen</translation>
    </message>
    <message>
        <source>A build for the processor looks for no GPU</source>
        <translation>Ein Paket für den Prozessor sucht keine GPU</translation>
    </message>
    <message>
        <source>A constraint needs a name</source>
        <translation>Eine Einschränkung braucht einen Namen</translation>
    </message>
    <message>
        <source>A product of two matrices on %1 came out right</source>
        <translation>Ein Produkt zweier Matrizen auf %1 ergab das richtige Ergebnis</translation>
    </message>
    <message>
        <source>A product of two matrices on %1 came out wrong</source>
        <translation>Ein Produkt zweier Matrizen auf %1 ergab ein falsches Ergebnis</translation>
    </message>
    <message>
        <source>Add -r pyproject.toml</source>
        <translation>Fügen Sie -r pyproject.toml hinzu</translation>
    </message>
    <message>
        <source>All %1 packages import</source>
        <translation>Alle %1 Pakete lassen sich importieren</translation>
    </message>
    <message>
        <source>An environment of “%1” lies outside of requires-python: %2</source>
        <translation>Eine Umgebung von „%1“ liegt außerhalb von requires-python: %2</translation>
    </message>
    <message>
        <source>Asking for sizes</source>
        <translation>Größen werden erfragt</translation>
    </message>
    <message>
        <source>Bring the folder back, or remove %1</source>
        <translation>Holen Sie den Ordner zurück oder entfernen Sie %1</translation>
    </message>
    <message>
        <source>Checking that the packages work</source>
        <translation>Es wird geprüft, ob die Pakete funktionieren</translation>
    </message>
    <message>
        <source>Choose an empty folder</source>
        <translation>Wählen Sie einen leeren Ordner</translation>
    </message>
    <message>
        <source>Choose another Python</source>
        <translation>Wählen Sie ein anderes Python</translation>
    </message>
    <message>
        <source>Choose one of the history</source>
        <translation>Wählen Sie eine aus dem Verlauf</translation>
    </message>
    <message>
        <source>Choose one of them</source>
        <translation>Wählen Sie eines davon</translation>
    </message>
    <message>
        <source>Choosing versions</source>
        <translation>Versionen werden gewählt</translation>
    </message>
    <message>
        <source>Choosing versions for all computers</source>
        <translation>Versionen für alle Computer werden gewählt</translation>
    </message>
    <message>
        <source>Choosing what this computer needs</source>
        <translation>Es wird gewählt, was dieser Rechner braucht</translation>
    </message>
    <message>
        <source>Comparing the files of all packages</source>
        <translation>Die Dateien aller Pakete werden verglichen</translation>
    </message>
    <message>
        <source>Files can be put into an environment as clone, hardlink or copy, not as “%1”</source>
        <translation>Dateien können als clone, hardlink oder copy in eine Umgebung kommen, nicht als „%1“</translation>
    </message>
    <message>
        <source>Install %1 as the lock has it</source>
        <translation>Installieren Sie %1, wie es im Lock steht</translation>
    </message>
    <message>
        <source>Install it again: sconce pip install --reinstall-package %1 %1==%2</source>
        <translation>Installieren Sie es noch einmal: sconce pip install --reinstall-package %1 %1==%2</translation>
    </message>
    <message>
        <source>Intel XPU</source>
        <translation>Intel XPU</translation>
    </message>
    <message>
        <source>It does not see %1: %2</source>
        <translation>Es sieht %1 nicht: %2</translation>
    </message>
    <message>
        <source>It sees %1</source>
        <translation>Es sieht %1</translation>
    </message>
    <message>
        <source>It sees %1, but has no code for it</source>
        <translation>Es sieht %1, hat aber keinen Code dafür</translation>
    </message>
    <message>
        <source>It sees no GPU, and none that it could use was found on this computer</source>
        <translation>Es sieht keine GPU, und keine, die es verwenden könnte, wurde an diesem Computer gefunden</translation>
    </message>
    <message>
        <source>It was built for %1</source>
        <translation>Es wurde für %1 gebaut</translation>
    </message>
    <message>
        <source>It was built for %1, which does not fit this computer: %2</source>
        <translation>Es wurde für %1 gebaut, das nicht zu diesem Computer passt: %2</translation>
    </message>
    <message>
        <source>It was built for %1, which driver %2 can run</source>
        <translation>Es wurde für %1 gebaut, und Treiber %2 kann es ausführen</translation>
    </message>
    <message>
        <source>It was built for the processor</source>
        <translation>Es wurde für den Prozessor gebaut</translation>
    </message>
    <message>
        <source>It was built for the processor only, though this computer has %1</source>
        <translation>Es wurde nur für den Prozessor gebaut, obwohl dieser Computer %1 hat</translation>
    </message>
    <message>
        <source>Lock again</source>
        <translation>Sperren Sie neu</translation>
    </message>
    <message>
        <source>Looking at the environment</source>
        <translation>Umgebung wird angesehen</translation>
    </message>
    <message>
        <source>Looking for a Python</source>
        <translation>Ein Python wird gesucht</translation>
    </message>
    <message>
        <source>METADATA of %1 cannot be used: %2</source>
        <translation>METADATA von %1 ist unbrauchbar: %2</translation>
    </message>
    <message>
        <source>Make an environment with “sconce venv” and name it with --python</source>
        <translation>Legen Sie mit „sconce venv“ eine Umgebung an und nennen Sie sie mit --python</translation>
    </message>
    <message>
        <source>Make one with “sconce venv”, or name one with --python</source>
        <translation>Legen Sie mit „sconce venv“ eine an oder nennen Sie eine mit --python</translation>
    </message>
    <message>
        <source>Make the environment anew: sconce venv --clear</source>
        <translation>Legen Sie die Umgebung neu an: sconce venv --clear</translation>
    </message>
    <message>
        <source>Make the plan again</source>
        <translation>Erstellen Sie den Plan neu</translation>
    </message>
    <message>
        <source>Move it away, or set UV_PROJECT_ENVIRONMENT to another folder</source>
        <translation>Sie verschieben oder UV_PROJECT_ENVIRONMENT auf einen anderen Ordner setzen</translation>
    </message>
    <message>
        <source>Name a file that ends in %1</source>
        <translation>Nennen Sie eine Datei, die auf %1 endet</translation>
    </message>
    <message>
        <source>Name an environment with --python</source>
        <translation>Nennen Sie mit --python eine Umgebung</translation>
    </message>
    <message>
        <source>Name the file of a wheel (.whl)</source>
        <translation>Nennen Sie die Datei eines Wheels (.whl)</translation>
    </message>
    <message>
        <source>No Python fits requires-python of all members: %1</source>
        <translation>Kein Python passt zum requires-python aller Mitglieder: %1</translation>
    </message>
    <message>
        <source>No Python fits requires-python: %1</source>
        <translation>Kein Python passt zu requires-python: %1</translation>
    </message>
    <message>
        <source>Not tried, because a step before it failed</source>
        <translation>Nicht versucht, weil ein Schritt davor fehlschlug</translation>
    </message>
    <message>
        <source>Nothing is installed in this environment</source>
        <translation>In dieser Umgebung ist nichts installiert</translation>
    </message>
    <message>
        <source>Nothing says where %1 %2 came from, and the cache does not have it</source>
        <translation>Nirgends steht, woher %1 %2 kam, und im Cache ist es nicht</translation>
    </message>
    <message>
        <source>Nothing says which Python the environment “%1” was made with</source>
        <translation>Nirgends steht, mit welchem Python die Umgebung „%1“ angelegt wurde</translation>
    </message>
    <message>
        <source>Nothing says which program installed %1</source>
        <translation>Nirgends steht, welches Programm %1 installiert hat</translation>
    </message>
    <message>
        <source>Nothing to change was found</source>
        <translation>Es fand sich nichts, das zu ändern wäre</translation>
    </message>
    <message>
        <source>Only one pyproject.toml can be named at a time</source>
        <translation>Nur eine pyproject.toml kann auf einmal genannt werden</translation>
    </message>
    <message>
        <source>Put the files of %1 there again</source>
        <translation>Legen Sie die Dateien von %1 neu ab</translation>
    </message>
    <message>
        <source>Putting the lock together</source>
        <translation>Die Sperrdatei wird zusammengestellt</translation>
    </message>
    <message>
        <source>PyTorch is not installed, so there is no more to check</source>
        <translation>PyTorch ist nicht installiert, daher gibt es nichts weiter zu prüfen</translation>
    </message>
    <message>
        <source>Python crashed while %1 (signal %2)</source>
        <translation>Python ist beim Schritt „%1“ abgestürzt (Signal %2)</translation>
    </message>
    <message>
        <source>Python did not come to an end within %1 seconds while %2</source>
        <translation>Python kam binnen %1 Sekunden beim Schritt „%2“ zu keinem Ende</translation>
    </message>
    <message>
        <source>Python ended with status %1 while %2</source>
        <translation>Python endete mit Status %1 beim Schritt „%2“</translation>
    </message>
    <message>
        <source>RECORD of %1 cannot be read: %2</source>
        <translation>RECORD von %1 ist nicht lesbar: %2</translation>
    </message>
    <message>
        <source>RECORD of %1 lists “%2”, which is not the package's</source>
        <translation>RECORD von %1 nennt „%2“, das nicht zum Paket gehört</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>%1 wird gelesen</translation>
    </message>
    <message>
        <source>Reading the project</source>
        <translation>Das Projekt wird gelesen</translation>
    </message>
    <message>
        <source>Remove it, unless you put it there</source>
        <translation>Entfernen Sie es, wenn es nicht von Ihnen stammt</translation>
    </message>
    <message>
        <source>Remove the link, and make the environment with “sconce venv”</source>
        <translation>Entfernen Sie die Verknüpfung und legen Sie die Umgebung mit „sconce venv“ an</translation>
    </message>
    <message>
        <source>Remove the link, and repair again</source>
        <translation>Entfernen Sie die Verknüpfung und reparieren Sie noch einmal</translation>
    </message>
    <message>
        <source>Remove the link, or make what it leads to</source>
        <translation>Den Verweis entfernen oder anlegen, worauf er zeigt</translation>
    </message>
    <message>
        <source>Remove “%1”</source>
        <translation>Entfernen Sie „%1“</translation>
    </message>
    <message>
        <source>Remove “%1” and try again</source>
        <translation>Entfernen Sie „%1“ und versuchen Sie es erneut</translation>
    </message>
    <message>
        <source>Remove “%1” if nothing needs it, and install the package again</source>
        <translation>Entfernen Sie „%1“, wenn nichts es braucht, und installieren Sie das Paket noch einmal</translation>
    </message>
    <message>
        <source>Run “sconce lock”</source>
        <translation>„sconce lock“ ausführen</translation>
    </message>
    <message>
        <source>Run “sconce sync” with the extra or the group that asks for %1</source>
        <translation>Rufen Sie „sconce sync“ mit dem Extra oder der Gruppe auf, die %1 verlangt</translation>
    </message>
    <message>
        <source>Set UV_LINK_MODE or --link-mode to one of them</source>
        <translation>UV_LINK_MODE oder --link-mode auf eins davon setzen</translation>
    </message>
    <message>
        <source>Set up the environment anew</source>
        <translation>Richten Sie die Umgebung neu ein</translation>
    </message>
    <message>
        <source>Switching over</source>
        <translation>Umschalten</translation>
    </message>
    <message>
        <source>The Python of the environment “%1” belongs to “%2”</source>
        <translation>Das Python der Umgebung „%1“ gehört zu „%2“</translation>
    </message>
    <message>
        <source>The Python that the environment was made with is gone: “%1”</source>
        <translation>Das Python, mit dem die Umgebung angelegt wurde, gibt es nicht mehr: „%1“</translation>
    </message>
    <message>
        <source>The code of %1 is gone: none of its %2 files is there</source>
        <translation>Der Code von %1 ist weg: Von seinen %2 Dateien ist keine da</translation>
    </message>
    <message>
        <source>The copy of %1 in the cache is damaged as well and is fetched again</source>
        <translation>Auch die Kopie von %1 im Cache ist beschädigt und wird neu geholt</translation>
    </message>
    <message>
        <source>The copy of %1 in the cache is damaged as well, and nothing says where it came from</source>
        <translation>Auch die Kopie von %1 im Cache ist beschädigt, und nirgends steht, woher es kam</translation>
    </message>
    <message>
        <source>The environment has no pyvenv.cfg: what is installed with its Python would land in the installation behind it</source>
        <translation>Die Umgebung hat keine pyvenv.cfg: Was ihr Python installiert, landete in der Installation dahinter</translation>
    </message>
    <message>
        <source>The environment shares the packages of its Python, which one made here would not</source>
        <translation>Die Umgebung teilt die Pakete ihres Pythons; eine hier angelegte täte das nicht</translation>
    </message>
    <message>
        <source>The environment was made at “%1” and is elsewhere now</source>
        <translation>Die Umgebung wurde unter „%1“ angelegt und ist jetzt anderswo</translation>
    </message>
    <message>
        <source>The environment was made with Python %1, and its Python is %2 now</source>
        <translation>Die Umgebung wurde mit Python %1 angelegt, und ihr Python ist jetzt %2</translation>
    </message>
    <message>
        <source>The environment “%1” does not work: %2</source>
        <translation>Die Umgebung „%1“ funktioniert nicht: %2</translation>
    </message>
    <message>
        <source>The environment “%1” has Python %2, and Python %3 is needed</source>
        <translation>Die Umgebung „%1“ hat Python %2, gebraucht wird Python %3</translation>
    </message>
    <message>
        <source>The environment “%1” has another Python than the one that is needed</source>
        <translation>Die Umgebung „%1“ hat ein anderes Python als das benötigte</translation>
    </message>
    <message>
        <source>The environment “%1” has no Python any more</source>
        <translation>Die Umgebung „%1“ hat kein Python mehr</translation>
    </message>
    <message>
        <source>The environment's Python answered with something else than the check</source>
        <translation>Das Python der Umgebung hat mit etwas anderem als der Prüfung geantwortet</translation>
    </message>
    <message>
        <source>The environment's Python belongs to another folder: “%1”</source>
        <translation>Das Python der Umgebung gehört zu einem anderen Ordner: „%1“</translation>
    </message>
    <message>
        <source>The group “%1”</source>
        <translation>Die Gruppe „%1“</translation>
    </message>
    <message>
        <source>The index says sha256:%1</source>
        <translation>Der Index nennt sha256:%1</translation>
    </message>
    <message>
        <source>The memory of %1 can be used</source>
        <translation>Der Speicher von %1 lässt sich verwenden</translation>
    </message>
    <message>
        <source>The memory of %1 does not keep what is written</source>
        <translation>Der Speicher von %1 behält nicht, was geschrieben wird</translation>
    </message>
    <message>
        <source>The memory of %1 is used up by other programs</source>
        <translation>Der Speicher von %1 ist von anderen Programmen belegt</translation>
    </message>
    <message>
        <source>The project does not say which Pythons it is for (requires-python); %1 is assumed</source>
        <translation>Das Projekt sagt nicht, für welche Python-Versionen es ist (requires-python); angenommen wird %1</translation>
    </message>
    <message>
        <source>The project has no extra “%1”</source>
        <translation>Das Projekt hat kein Extra „%1“</translation>
    </message>
    <message>
        <source>The project has no group “%1”</source>
        <translation>Das Projekt hat keine Gruppe „%1“</translation>
    </message>
    <message>
        <source>The project has no lowest Python (requires-python is %1): versions may be chosen that only run on old ones</source>
        <translation>Das Projekt nennt kein niedrigstes Python (requires-python ist %1): Es können Versionen gewählt werden, die nur auf alten laufen</translation>
    </message>
    <message>
        <source>The project says that %1 exclude each other</source>
        <translation>Das Projekt sagt, dass %1 einander ausschließen</translation>
    </message>
    <message>
        <source>The project “%1” is not at “%2” any more</source>
        <translation>Das Projekt „%1“ liegt nicht mehr in „%2“</translation>
    </message>
    <message>
        <source>The sample lacks its file “%1”</source>
        <translation>Dem Beispiel fehlt seine Datei „%1“</translation>
    </message>
    <message>
        <source>The settings of “%1” are not used: %2</source>
        <translation>Die Einstellungen von „%1“ werden nicht verwendet: %2</translation>
    </message>
    <message>
        <source>The source has to be written by hand</source>
        <translation>Die Quelle muss von Hand eingetragen werden</translation>
    </message>
    <message>
        <source>The workspace has no project “%1”</source>
        <translation>Der Arbeitsbereich hat kein Projekt „%1“</translation>
    </message>
    <message>
        <source>There is no environment at “%1”</source>
        <translation>Unter „%1“ gibt es keine Umgebung</translation>
    </message>
    <message>
        <source>There is no environment in “%1” or above</source>
        <translation>In „%1“ und darüber gibt es keine Umgebung</translation>
    </message>
    <message>
        <source>There is no lock “%1”, and “%2” forbids to make one</source>
        <translation>Es gibt keine Sperrdatei „%1“, und „%2“ verbietet, eine anzulegen</translation>
    </message>
    <message>
        <source>There is no plan %1 in “%2” that could be made again</source>
        <translation>In „%2“ gibt es keinen Plan %1, der wiederholt werden könnte</translation>
    </message>
    <message>
        <source>There is no plan %1 in “%2” that could be undone</source>
        <translation>In „%2“ gibt es keinen Plan %1, der rückgängig gemacht werden könnte</translation>
    </message>
    <message>
        <source>There is no “%1”</source>
        <translation>„%1“ gibt es nicht</translation>
    </message>
    <message>
        <source>There is nothing in “%1” that was undone</source>
        <translation>In „%1“ wurde nichts rückgängig gemacht</translation>
    </message>
    <message>
        <source>There is nothing to undo in “%1”</source>
        <translation>In „%1“ gibt es nichts rückgängig zu machen</translation>
    </message>
    <message>
        <source>This build of torch has no code for %1</source>
        <translation>Diese torch-Variante hat keinen Code für %1</translation>
    </message>
    <message>
        <source>Two environments of “%1” overlap: %2, and %3</source>
        <translation>Zwei Umgebungen von „%1“ überschneiden sich: %2 und %3</translation>
    </message>
    <message>
        <source>Write https://…, NAME=https://… or a folder</source>
        <translation>Schreiben Sie https://…, NAME=https://… oder einen Ordner</translation>
    </message>
    <message>
        <source>Write it down in [project]: nothing is built yet</source>
        <translation>Schreiben Sie es in [project]: Gebaut wird noch nichts</translation>
    </message>
    <message>
        <source>Write it down in the [project] table of the pyproject.toml there</source>
        <translation>Schreiben Sie es in die Tabelle [project] der dortigen pyproject.toml</translation>
    </message>
    <message>
        <source>Write it like 3.12</source>
        <translation>Schreiben Sie es wie 3.12</translation>
    </message>
    <message>
        <source>Write requires-python or fewest</source>
        <translation>Schreiben Sie requires-python oder fewest</translation>
    </message>
    <message>
        <source>Write the environment's own files anew</source>
        <translation>Schreiben Sie die eigenen Dateien der Umgebung neu</translation>
    </message>
    <message>
        <source>a GPU</source>
        <translation>eine GPU</translation>
    </message>
    <message>
        <source>a leftover</source>
        <translation>ein Überrest</translation>
    </message>
    <message>
        <source>asking torch how it was built</source>
        <translation>torch nach seiner Bauart fragen</translation>
    </message>
    <message>
        <source>code for %1</source>
        <translation>Code für %1</translation>
    </message>
    <message>
        <source>command line</source>
        <translation>Befehlszeile</translation>
    </message>
    <message>
        <source>going from one step to the next</source>
        <translation>von einem Schritt zum nächsten gehen</translation>
    </message>
    <message>
        <source>importing torch</source>
        <translation>torch importieren</translation>
    </message>
    <message>
        <source>importing “%1”</source>
        <translation>„%1“ importieren</translation>
    </message>
    <message>
        <source>in %1 milliseconds</source>
        <translation>in %1 Millisekunden</translation>
    </message>
    <message>
        <source>in %1 seconds</source>
        <translation>in %1 Sekunden</translation>
    </message>
    <message>
        <source>it gives no reason</source>
        <translation>es nennt keinen Grund</translation>
    </message>
    <message>
        <source>it needs “%1”, which this system does not have</source>
        <translation>es braucht „%1“, das dieses System nicht hat</translation>
    </message>
    <message>
        <source>its libraries do not fit together</source>
        <translation>seine Bibliotheken passen nicht zusammen</translation>
    </message>
    <message>
        <source>looking for devices</source>
        <translation>Geräte suchen</translation>
    </message>
    <message>
        <source>multiplying matrices on %1</source>
        <translation>Matrizen auf %1 multiplizieren</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>starten</translation>
    </message>
    <message>
        <source>the extra “%1”</source>
        <translation>das Extra „%1“</translation>
    </message>
    <message>
        <source>the group “%1”</source>
        <translation>die Gruppe „%1“</translation>
    </message>
    <message>
        <source>the library “%1” is missing</source>
        <translation>die Bibliothek „%1“ fehlt</translation>
    </message>
    <message>
        <source>the package “%1” is missing</source>
        <translation>das Paket „%1“ fehlt</translation>
    </message>
    <message>
        <source>the processor</source>
        <translation>der Prozessor</translation>
    </message>
    <message>
        <source>the variable %1 is “%2”</source>
        <translation>die Variable %1 ist „%2“</translation>
    </message>
    <message>
        <source>torch %1 imports</source>
        <translation>torch %1 lässt sich importieren</translation>
    </message>
    <message>
        <source>torch cannot be asked: %1</source>
        <translation>torch lässt sich nicht befragen: %1</translation>
    </message>
    <message>
        <source>torch cannot use %1: %2</source>
        <translation>torch kann %1 nicht verwenden: %2</translation>
    </message>
    <message>
        <source>torch does not import: %1</source>
        <translation>torch lässt sich nicht importieren: %1</translation>
    </message>
    <message>
        <source>torch sees %1 and computes correctly on it</source>
        <translation>torch sieht %1 und rechnet darauf richtig</translation>
    </message>
    <message>
        <source>torch works on the processor</source>
        <translation>torch arbeitet auf dem Prozessor</translation>
    </message>
    <message>
        <source>torch works on the processor only, although this computer has a GPU</source>
        <translation>torch arbeitet nur auf dem Prozessor, obwohl dieser Computer eine GPU hat</translation>
    </message>
    <message>
        <source>using the memory of %1</source>
        <translation>den Speicher von %1 verwenden</translation>
    </message>
    <message>
        <source>uv.lock has to be made anew, and “--locked” forbids it</source>
        <translation>uv.lock muss neu erstellt werden, und „--locked“ verbietet es</translation>
    </message>
    <message>
        <source>you asked</source>
        <translation>von Ihnen verlangt</translation>
    </message>
    <message>
        <source>“%1” (%2) is left out, because it would have to be built: %3</source>
        <translation>„%1“ (%2) wird ausgelassen, weil es gebaut werden müsste: %3</translation>
    </message>
    <message>
        <source>“%1” and “%2” exclude each other</source>
        <translation>„%1“ und „%2“ schließen einander aus</translation>
    </message>
    <message>
        <source>“%1” answered %2</source>
        <translation>„%1“ hat %2 geantwortet</translation>
    </message>
    <message>
        <source>“%1” asks for %2, and “%3” is %4</source>
        <translation>„%1“ verlangt %2, und „%3“ ist %4</translation>
    </message>
    <message>
        <source>“%1” belongs to no package</source>
        <translation>„%1“ gehört zu keinem Paket</translation>
    </message>
    <message>
        <source>“%1” cannot be read as a package</source>
        <translation>„%1“ ist nicht als Paket lesbar</translation>
    </message>
    <message>
        <source>“%1” does not exist</source>
        <translation>„%1“ existiert nicht</translation>
    </message>
    <message>
        <source>“%1” does not import: %2</source>
        <translation>„%1“ lässt sich nicht importieren: %2</translation>
    </message>
    <message>
        <source>“%1” does not say which Python it needs: %2</source>
        <translation>„%1“ sagt nicht, welches Python es braucht: %2</translation>
    </message>
    <message>
        <source>“%1” has none of the hashes that are listed for %2</source>
        <translation>„%1“ hat keinen der Hashwerte, die für %2 genannt sind</translation>
    </message>
    <message>
        <source>“%1” holds %2 now, and not %3</source>
        <translation>In „%1“ liegt jetzt %2 und nicht %3</translation>
    </message>
    <message>
        <source>“%1” holds a file “%2” already, and the sample would replace it</source>
        <translation>„%1“ enthält schon eine Datei „%2“, und das Beispiel würde sie ersetzen</translation>
    </message>
    <message>
        <source>“%1” holds no Python that could be checked</source>
        <translation>„%1“ enthält kein Python, das geprüft werden könnte</translation>
    </message>
    <message>
        <source>“%1” imports</source>
        <translation>„%1“ lässt sich importieren</translation>
    </message>
    <message>
        <source>“%1” is a file, and no environment</source>
        <translation>„%1“ ist eine Datei und keine Umgebung</translation>
    </message>
    <message>
        <source>“%1” is a link to nothing</source>
        <translation>„%1“ ist eine Verknüpfung ins Leere</translation>
    </message>
    <message>
        <source>“%1” is a link to “%2”, where nothing is</source>
        <translation>„%1“ ist ein Verweis auf „%2“, und dort ist nichts</translation>
    </message>
    <message>
        <source>“%1” is for Python %2.0 alone (requires-python is %3); most likely ==%2.* is meant</source>
        <translation>„%1“ ist nur für Python %2.0 (requires-python ist %3); wohl gemeint ist ==%2.*</translation>
    </message>
    <message>
        <source>“%1” is for all Pythons from %2 up to the next major version (requires-python is %3); most likely ~=%2.0 is meant</source>
        <translation>„%1“ ist für alle Python-Versionen ab %2 bis zur nächsten Hauptversion (requires-python ist %3); wohl gemeint ist ~=%2.0</translation>
    </message>
    <message>
        <source>“%1” is in %2 and in %3, and not the same</source>
        <translation>„%1“ ist in %2 und in %3, und nicht gleich</translation>
    </message>
    <message>
        <source>“%1” is missing</source>
        <translation>„%1“ fehlt</translation>
    </message>
    <message>
        <source>“%1” is not a Python version</source>
        <translation>„%1“ ist keine Python-Version</translation>
    </message>
    <message>
        <source>“%1” is not a value of %2</source>
        <translation>„%1“ ist kein Wert von %2</translation>
    </message>
    <message>
        <source>“%1” is not as it was installed: %2</source>
        <translation>„%1“ ist nicht so, wie es installiert wurde: %2</translation>
    </message>
    <message>
        <source>“%1” is not in an environment, and other installations of Python are not changed</source>
        <translation>„%1“ gehört zu keiner Umgebung, und andere Python-Installationen werden nicht geändert</translation>
    </message>
    <message>
        <source>“%1” is not the address of an index</source>
        <translation>„%1“ ist keine Adresse eines Index</translation>
    </message>
    <message>
        <source>“%1” is there and is not an environment</source>
        <translation>„%1“ ist schon da und keine Umgebung</translation>
    </message>
    <message>
        <source>“%1” is to come from %2, and there lies “%3”</source>
        <translation>„%1“ soll von %2 kommen, und dort liegt „%3“</translation>
    </message>
    <message>
        <source>“%1” is to come from %2, which is neither a wheel nor an archive of sources</source>
        <translation>„%1“ soll von %2 kommen, und das ist weder ein Wheel noch ein Quellarchiv</translation>
    </message>
    <message>
        <source>“%1” is to come from a git repository, which cannot be read yet</source>
        <translation>„%1“ soll aus einem Git-Repository kommen, das noch nicht gelesen werden kann</translation>
    </message>
    <message>
        <source>“%1” is to come from “%2”, which has no pyproject.toml: only a build could tell what it needs</source>
        <translation>„%1“ soll von „%2“ kommen, das keine pyproject.toml hat: Nur ein Bau könnte sagen, was es braucht</translation>
    </message>
    <message>
        <source>“%1” is to come from “%2”, whose pyproject.toml has no [project] table</source>
        <translation>„%1“ soll von „%2“ kommen, dessen pyproject.toml keine Tabelle [project] hat</translation>
    </message>
    <message>
        <source>“%1” is what an installation or a removal left that broke off</source>
        <translation>„%1“ blieb von einer abgebrochenen Installation oder Entfernung übrig</translation>
    </message>
    <message>
        <source>“%1” leads to “%2”, which is not there</source>
        <translation>„%1“ führt zu „%2“, das es nicht gibt</translation>
    </message>
    <message>
        <source>“%1” lies behind a link that leads out of the environment</source>
        <translation>„%1“ liegt hinter einer Verknüpfung, die aus der Umgebung führt</translation>
    </message>
    <message>
        <source>“%1” looks like an environment whose pyvenv.cfg is gone, so its Python would change packages of the whole computer</source>
        <translation>„%1“ sieht wie eine Umgebung aus, deren pyvenv.cfg fehlt; ihr Python würde also Pakete des ganzen Rechners ändern</translation>
    </message>
    <message>
        <source>“%1” runs whenever the interpreter starts</source>
        <translation>„%1“ läuft bei jedem Start des Interpreters</translation>
    </message>
    <message>
        <source>“%1” starts the Python of another environment: %2</source>
        <translation>„%1“ startet das Python einer anderen Umgebung: %2</translation>
    </message>
    <message>
        <source>“%1” was changed by another program while versions were chosen</source>
        <translation>„%1“ wurde von einem anderen Programm geändert, während Versionen gewählt wurden</translation>
    </message>
    <message>
        <source>“%1” was changed since the plan was made</source>
        <translation>„%1“ wurde geändert, seit der Plan erstellt wurde</translation>
    </message>
    <message>
        <source>“%1” would have to be built, and only wheels can be installed</source>
        <translation>„%1“ müsste gebaut werden, und nur Wheels können installiert werden</translation>
    </message>
</context>
<context>
    <name>archive</name>
    <message>
        <source>%1 of “%2” is too large</source>
        <translation>%1 in „%2“ ist zu groß</translation>
    </message>
    <message>
        <source>A name is empty</source>
        <translation>Ein Name ist leer</translation>
    </message>
    <message>
        <source>Make room on the disk and try again</source>
        <translation>Schaffen Sie Platz auf der Platte und versuchen Sie es erneut</translation>
    </message>
    <message>
        <source>The archive counts more entries than its directory can hold</source>
        <translation>Das Archiv zählt mehr Einträge, als sein Verzeichnis fassen kann</translation>
    </message>
    <message>
        <source>The archive has two ends</source>
        <translation>Das Archiv hat zwei Enden</translation>
    </message>
    <message>
        <source>The archive holds more than %1</source>
        <translation>Das Archiv enthält mehr als %1</translation>
    </message>
    <message>
        <source>The archive is shorter than it should be</source>
        <translation>Das Archiv ist kürzer, als es sein sollte</translation>
    </message>
    <message>
        <source>The archive is spread over several disks</source>
        <translation>Das Archiv verteilt sich auf mehrere Datenträger</translation>
    </message>
    <message>
        <source>The archive lists %1 entries in %2: more than can be true</source>
        <translation>Das Archiv nennt %1 Einträge in %2: mehr, als wahr sein kann</translation>
    </message>
    <message>
        <source>The archive of %1 claims to hold %2: more than %3 times as much</source>
        <translation>Das Archiv von %1 will %2 enthalten: mehr als %3-mal so viel</translation>
    </message>
    <message>
        <source>The contents of “%1” do not have the checksum that the archive says</source>
        <translation>Der Inhalt von „%1“ hat nicht die Prüfsumme, die das Archiv nennt</translation>
    </message>
    <message>
        <source>The directory of the archive holds more than its end record counts</source>
        <translation>Das Verzeichnis des Archivs enthält mehr, als sein Schlusseintrag zählt</translation>
    </message>
    <message>
        <source>The directory of the archive is cut off or counts wrongly</source>
        <translation>Das Verzeichnis des Archivs ist abgeschnitten oder zählt falsch</translation>
    </message>
    <message>
        <source>The directory of the archive is not where its end record says</source>
        <translation>Das Verzeichnis des Archivs liegt nicht da, wo sein Schlusseintrag sagt</translation>
    </message>
    <message>
        <source>The end of the archive is cut off</source>
        <translation>Das Ende des Archivs ist abgeschnitten</translation>
    </message>
    <message>
        <source>The folder “%1” has contents</source>
        <translation>Der Ordner „%1“ hat Inhalt</translation>
    </message>
    <message>
        <source>The name “%1” does not say that it is UTF-8</source>
        <translation>Der Name „%1“ sagt nicht, dass er UTF-8 ist</translation>
    </message>
    <message>
        <source>The name “%1” has a part of more than 255 bytes</source>
        <translation>Der Name „%1“ hat einen Teil von mehr als 255 Byte</translation>
    </message>
    <message>
        <source>The name “%1” has a part of spaces only</source>
        <translation>Der Name „%1“ hat einen Teil nur aus Leerzeichen</translation>
    </message>
    <message>
        <source>The name “%1” has an empty part</source>
        <translation>Der Name „%1“ hat einen leeren Teil</translation>
    </message>
    <message>
        <source>The name “%1” has “.” as a part</source>
        <translation>Der Name „%1“ hat „.“ als Teil</translation>
    </message>
    <message>
        <source>The name “%1” holds a backslash</source>
        <translation>Der Name „%1“ enthält einen umgekehrten Schrägstrich</translation>
    </message>
    <message>
        <source>The name “%1” holds invisible or control characters</source>
        <translation>Der Name „%1“ enthält unsichtbare Zeichen oder Steuerzeichen</translation>
    </message>
    <message>
        <source>The name “%1” is an absolute path</source>
        <translation>Der Name „%1“ ist ein absoluter Pfad</translation>
    </message>
    <message>
        <source>The name “%1” is longer than 1,024 bytes</source>
        <translation>Der Name „%1“ ist länger als 1.024 Byte</translation>
    </message>
    <message>
        <source>The name “%1” is more than 128 folders deep</source>
        <translation>Der Name „%1“ geht mehr als 128 Ordner tief</translation>
    </message>
    <message>
        <source>The name “%1” is not UTF-8</source>
        <translation>Der Name „%1“ ist kein UTF-8</translation>
    </message>
    <message>
        <source>The name “%1” leaves its folder with “..”</source>
        <translation>Der Name „%1“ verlässt seinen Ordner mit „..“</translation>
    </message>
    <message>
        <source>The name “%1” names a drive</source>
        <translation>Der Name „%1“ nennt ein Laufwerk</translation>
    </message>
    <message>
        <source>The packed data of “%1” are damaged</source>
        <translation>Die gepackten Daten von „%1“ sind beschädigt</translation>
    </message>
    <message>
        <source>The two end records of the archive disagree</source>
        <translation>Die beiden Schlusseinträge des Archivs widersprechen einander</translation>
    </message>
    <message>
        <source>The zip64 end record of the archive is not where it must be</source>
        <translation>Der zip64-Schlusseintrag des Archivs steht nicht da, wo er muss</translation>
    </message>
    <message>
        <source>There are bytes behind the end of the archive</source>
        <translation>Hinter dem Ende des Archivs stehen Bytes</translation>
    </message>
    <message>
        <source>There are bytes behind “%1” that the directory does not list</source>
        <translation>Hinter „%1“ stehen Bytes, die das Verzeichnis nicht nennt</translation>
    </message>
    <message>
        <source>There are bytes in front of the first entry of the archive</source>
        <translation>Vor dem ersten Eintrag des Archivs stehen Bytes</translation>
    </message>
    <message>
        <source>This is no zip archive, or its end is missing</source>
        <translation>Dies ist kein zip-Archiv, oder sein Ende fehlt</translation>
    </message>
    <message>
        <source>while reading “%1”</source>
        <translation>beim Lesen von „%1“</translation>
    </message>
    <message>
        <source>“%1” cannot be read: %2</source>
        <translation>„%1“ kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>“%1” does not unpack to the size that the archive says</source>
        <translation>„%1“ hat entpackt nicht die Größe, die das Archiv nennt</translation>
    </message>
    <message>
        <source>“%1” has a second, different name</source>
        <translation>„%1“ hat einen zweiten, anderen Namen</translation>
    </message>
    <message>
        <source>“%1” has a zip64 field that does not fit its header</source>
        <translation>„%1“ hat ein zip64-Feld, das nicht zu seinem Kopf passt</translation>
    </message>
    <message>
        <source>“%1” has an extra field longer than its header</source>
        <translation>„%1“ hat ein Zusatzfeld, das länger ist als sein Kopf</translation>
    </message>
    <message>
        <source>“%1” has an extra field that is cut off</source>
        <translation>„%1“ hat ein abgeschnittenes Zusatzfeld</translation>
    </message>
    <message>
        <source>“%1” has another checksum in its own header</source>
        <translation>„%1“ hat in seinem eigenen Kopf eine andere Prüfsumme</translation>
    </message>
    <message>
        <source>“%1” has another name in its own header</source>
        <translation>„%1“ hat in seinem eigenen Kopf einen anderen Namen</translation>
    </message>
    <message>
        <source>“%1” has another size in its own header</source>
        <translation>„%1“ hat in seinem eigenen Kopf eine andere Größe</translation>
    </message>
    <message>
        <source>“%1” has another size or checksum in its descriptor</source>
        <translation>„%1“ hat in seinem Deskriptor eine andere Größe oder Prüfsumme</translation>
    </message>
    <message>
        <source>“%1” has the same extra field twice</source>
        <translation>„%1“ hat dasselbe Zusatzfeld zweimal</translation>
    </message>
    <message>
        <source>“%1” holds %2, more than the %3 that may be</source>
        <translation>„%1“ enthält %2, mehr als die erlaubten %3</translation>
    </message>
    <message>
        <source>“%1” is a patch for another file</source>
        <translation>„%1“ ist ein Flicken für eine andere Datei</translation>
    </message>
    <message>
        <source>“%1” is damaged or cut off</source>
        <translation>„%1“ ist beschädigt oder abgeschnitten</translation>
    </message>
    <message>
        <source>“%1” is encrypted</source>
        <translation>„%1“ ist verschlüsselt</translation>
    </message>
    <message>
        <source>“%1” is in the archive twice, and not the same</source>
        <translation>„%1“ steht zweimal im Archiv, und nicht gleich</translation>
    </message>
    <message>
        <source>“%1” is in the directory of the archive, but not in the archive</source>
        <translation>„%1“ steht im Verzeichnis des Archivs, aber nicht im Archiv</translation>
    </message>
    <message>
        <source>“%1” is packed otherwise than the directory says</source>
        <translation>„%1“ ist anders gepackt, als das Verzeichnis sagt</translation>
    </message>
    <message>
        <source>“%1” is packed with a method that is not supported: %2</source>
        <translation>„%1“ ist mit einem Verfahren gepackt, das nicht unterstützt wird: %2</translation>
    </message>
    <message>
        <source>“%1” is stored as it is, with two different sizes</source>
        <translation>„%1“ ist ungepackt abgelegt, aber mit zwei verschiedenen Größen</translation>
    </message>
    <message>
        <source>“%1” lies below a name that is a file</source>
        <translation>„%1“ liegt unter einem Namen, der eine Datei ist</translation>
    </message>
    <message>
        <source>“%1” lies on another disk</source>
        <translation>„%1“ liegt auf einem anderen Datenträger</translation>
    </message>
    <message>
        <source>“%1” needs %2, but only %3 are free</source>
        <translation>„%1“ braucht %2, aber nur %3 sind frei</translation>
    </message>
    <message>
        <source>“%1” overlaps what comes after it in the archive</source>
        <translation>„%1“ überlappt, was im Archiv danach kommt</translation>
    </message>
    <message>
        <source>“%1” reaches beyond the end of the archive</source>
        <translation>„%1“ reicht über das Ende des Archivs hinaus</translation>
    </message>
    <message>
        <source>“%1” unpacks to more than any source archive</source>
        <translation>„%1“ wird entpackt größer als jedes Quellarchiv</translation>
    </message>
</context>
<context>
    <name>base</name>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>unknown size</source>
        <translation>unbekannte Größe</translation>
    </message>
</context>
<context>
    <name>environment</name>
    <message>
        <source>Allow to replace it (--clear)</source>
        <translation>Erlauben Sie, sie zu ersetzen (--clear)</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>Wählen Sie einen anderen Ordner</translation>
    </message>
    <message>
        <source>Choose another folder, or remove it first</source>
        <translation>Wählen Sie einen anderen Ordner oder entfernen Sie ihn zuerst</translation>
    </message>
    <message>
        <source>Install pip into it like any other package</source>
        <translation>Installieren Sie pip darin wie jedes andere Paket</translation>
    </message>
    <message>
        <source>Left out, because it is damaged: %1</source>
        <translation>Ausgelassen, weil beschädigt: %1</translation>
    </message>
    <message>
        <source>Remove the link</source>
        <translation>Entfernen Sie die Verknüpfung</translation>
    </message>
    <message>
        <source>The folder “%1” is no environment, so it is not replaced</source>
        <translation>Der Ordner „%1“ ist keine Umgebung und wird daher nicht ersetzt</translation>
    </message>
    <message>
        <source>The folder “%1” is not empty</source>
        <translation>Der Ordner „%1“ ist nicht leer</translation>
    </message>
    <message>
        <source>The interpreter “%1” is not there any more</source>
        <translation>Der Interpreter „%1“ ist nicht mehr da</translation>
    </message>
    <message>
        <source>The path “%1” holds a colon, which PATH takes for the end of a folder</source>
        <translation>Der Pfad „%1“ enthält einen Doppelpunkt, den PATH für das Ende eines Ordners hält</translation>
    </message>
    <message>
        <source>The path “%1” holds control characters, which scripts cannot name</source>
        <translation>Der Pfad „%1“ enthält Steuerzeichen, die Skripte nicht nennen können</translation>
    </message>
    <message>
        <source>The prompt “%1” holds control characters</source>
        <translation>Die Eingabeaufforderung „%1“ enthält Steuerzeichen</translation>
    </message>
    <message>
        <source>There is an environment at “%1” already</source>
        <translation>In „%1“ gibt es schon eine Umgebung</translation>
    </message>
    <message>
        <source>pip and setuptools are not put into a new environment</source>
        <translation>pip und setuptools kommen nicht in eine neue Umgebung</translation>
    </message>
    <message>
        <source>while reading “%1”</source>
        <translation>beim Lesen von „%1“</translation>
    </message>
    <message>
        <source>“%1” is a file, where an environment would be a folder</source>
        <translation>„%1“ ist eine Datei, wo eine Umgebung ein Ordner wäre</translation>
    </message>
    <message>
        <source>“%1” is a link to nothing</source>
        <translation>„%1“ ist eine Verknüpfung ins Leere</translation>
    </message>
    <message>
        <source>“%1” is no virtual environment: it has no pyvenv.cfg</source>
        <translation>„%1“ ist keine virtuelle Umgebung: Sie hat keine pyvenv.cfg</translation>
    </message>
    <message>
        <source>“%1” names no version</source>
        <translation>„%1“ nennt keine Version</translation>
    </message>
</context>
<context>
    <name>files</name>
    <message>
        <source>Make room on the disk and try again</source>
        <translation>Schaffen Sie Platz auf der Platte und versuchen Sie es erneut</translation>
    </message>
    <message>
        <source>Save the file as UTF-8</source>
        <translation>Speichern Sie die Datei als UTF-8</translation>
    </message>
    <message>
        <source>The lock “%1” cannot be taken</source>
        <translation>Die Sperre „%1“ ist nicht zu bekommen</translation>
    </message>
    <message>
        <source>Waiting for another program to finish with “%1”</source>
        <translation>Wartet, bis ein anderes Programm mit „%1“ fertig ist</translation>
    </message>
    <message>
        <source>“%1” cannot be copied to “%2”</source>
        <translation>„%1“ kann nicht nach „%2“ kopiert werden</translation>
    </message>
    <message>
        <source>“%1” cannot be exchanged for “%2”</source>
        <translation>„%1“ kann nicht gegen „%2“ getauscht werden</translation>
    </message>
    <message>
        <source>“%1” cannot be moved to “%2”</source>
        <translation>„%1“ kann nicht nach „%2“ verschoben werden</translation>
    </message>
    <message>
        <source>“%1” cannot be read</source>
        <translation>„%1“ kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>“%1” cannot be removed</source>
        <translation>„%1“ kann nicht entfernt werden</translation>
    </message>
    <message>
        <source>“%1” cannot be written</source>
        <translation>„%1“ kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>“%1” cannot be written to the disk for good</source>
        <translation>„%1“ kann nicht dauerhaft auf die Platte geschrieben werden</translation>
    </message>
    <message>
        <source>“%1” is UTF-16, not UTF-8</source>
        <translation>„%1“ ist UTF-16, nicht UTF-8</translation>
    </message>
    <message>
        <source>“%1” is larger than %2 bytes</source>
        <translation>„%1“ ist größer als %2 Byte</translation>
    </message>
    <message>
        <source>“%1” is not UTF-8</source>
        <translation>„%1“ ist kein UTF-8</translation>
    </message>
</context>
<context>
    <name>hardware</name>
    <message>
        <source>%1: cannot be read</source>
        <translation>%1: kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>%1: not installed</source>
        <translation>%1: nicht installiert</translation>
    </message>
    <message>
        <source>%1: not there</source>
        <translation>%1: nicht vorhanden</translation>
    </message>
    <message>
        <source>%1: nothing for display or computing</source>
        <translation>%1: nichts für Anzeige oder Berechnung</translation>
    </message>
    <message>
        <source>AMD's driver does not offer it for computing, or hides it from this container</source>
        <translation>Der Treiber von AMD bietet sie nicht zum Rechnen an oder verbirgt sie vor diesem Container</translation>
    </message>
    <message>
        <source>Known: %1</source>
        <translation>Bekannt: %1</translation>
    </message>
    <message>
        <source>NVIDIA GPU</source>
        <translation>NVIDIA-GPU</translation>
    </message>
    <message>
        <source>NVIDIA's driver is not loaded</source>
        <translation>Der Treiber von NVIDIA ist nicht geladen</translation>
    </message>
    <message>
        <source>No “/dev/dri/renderD…” is open to this user or container</source>
        <translation>Kein „/dev/dri/renderD…“ steht diesem Benutzer oder Container offen</translation>
    </message>
    <message>
        <source>Set %1 to a known architecture, or remove it</source>
        <translation>Setzen Sie %1 auf eine bekannte Architektur oder entfernen Sie die Variable</translation>
    </message>
    <message>
        <source>Set %1 to a version such as 550.144.03, or remove it</source>
        <translation>Setzen Sie %1 auf eine Version wie 550.144.03 oder entfernen Sie die Variable</translation>
    </message>
    <message>
        <source>Set UV_CUDA_DRIVER_VERSION to the driver's version, for example 550.144.03</source>
        <translation>Setzen Sie UV_CUDA_DRIVER_VERSION auf die Version des Treibers, zum Beispiel 550.144.03</translation>
    </message>
    <message>
        <source>Taken as the variable %1 says: AMD architecture %2</source>
        <translation>So angenommen, wie die Variable %1 es sagt: AMD-Architektur %2</translation>
    </message>
    <message>
        <source>Taken as the variable %1 says: NVIDIA driver %2</source>
        <translation>So angenommen, wie die Variable %1 es sagt: NVIDIA-Treiber %2</translation>
    </message>
    <message>
        <source>The driver is loaded, but “/dev/nvidiactl” is not open to this user or container</source>
        <translation>Der Treiber ist geladen, aber „/dev/nvidiactl“ steht diesem Benutzer oder Container nicht offen</translation>
    </message>
    <message>
        <source>The driver was told to leave it out</source>
        <translation>Der Treiber soll sie auslassen</translation>
    </message>
    <message>
        <source>The driver “%1” is in use instead of NVIDIA's</source>
        <translation>Der Treiber „%1“ ist statt dem von NVIDIA in Gebrauch</translation>
    </message>
    <message>
        <source>The variable %1 holds “%2”, which is not a driver version</source>
        <translation>Die Variable %1 enthält „%2“, und das ist keine Treiberversion</translation>
    </message>
    <message>
        <source>The variable %1 holds “%2”, which is not a known AMD architecture</source>
        <translation>Die Variable %1 enthält „%2“, und das ist keine bekannte AMD-Architektur</translation>
    </message>
    <message>
        <source>crashed (signal %1)</source>
        <translation>abgestürzt (Signal %1)</translation>
    </message>
    <message>
        <source>device %1</source>
        <translation>Gerät %1</translation>
    </message>
    <message>
        <source>did not answer in time</source>
        <translation>hat nicht rechtzeitig geantwortet</translation>
    </message>
    <message>
        <source>nvidia-smi ended with status %1 and without an answer</source>
        <translation>nvidia-smi endete mit Status %1 und ohne Antwort</translation>
    </message>
    <message>
        <source>nvidia-smi said “%1” where values of a GPU are expected</source>
        <translation>nvidia-smi sagte „%1“, wo Werte einer GPU erwartet werden</translation>
    </message>
    <message>
        <source>nvidia-smi said: “%1”</source>
        <translation>nvidia-smi sagte: „%1“</translation>
    </message>
    <message>
        <source>said nothing</source>
        <translation>hat nichts gesagt</translation>
    </message>
    <message>
        <source>status %1, “%2”</source>
        <translation>Status %1, „%2“</translation>
    </message>
    <message>
        <source>the list of known cards (PCI %1)</source>
        <translation>die Liste bekannter Karten (PCI %1)</translation>
    </message>
    <message>
        <source>variable %1</source>
        <translation>Variable %1</translation>
    </message>
    <message>
        <source>“%1” did not answer within 10 seconds</source>
        <translation>„%1“ hat binnen 10 Sekunden nicht geantwortet</translation>
    </message>
    <message>
        <source>“%1” says “%2” where a driver version is expected</source>
        <translation>„%1“ sagt „%2“, wo eine Treiberversion erwartet wird</translation>
    </message>
    <message>
        <source>“/dev/kfd” is not open to this user, who is missing in the group “render”</source>
        <translation>„/dev/kfd“ steht diesem Benutzer nicht offen, der in der Gruppe „render“ fehlt</translation>
    </message>
    <message>
        <source>“/dev/kfd” is not there: AMD's driver is not loaded, or this container has no access to it</source>
        <translation>„/dev/kfd“ ist nicht da: Der Treiber von AMD ist nicht geladen, oder dieser Container hat keinen Zugang dazu</translation>
    </message>
</context>
<context>
    <name>index</name>
    <message>
        <source>%1 at byte %2</source>
        <translation>%1 bei Byte %2</translation>
    </message>
    <message>
        <source>%1 is not a page of a package index: its type is “%2”</source>
        <translation>%1 ist keine Seite eines Paketindex: Ihr Typ ist „%2“</translation>
    </message>
    <message>
        <source>Ask for a version that has a wheel</source>
        <translation>Verlangen Sie eine Version, die ein Wheel hat</translation>
    </message>
    <message>
        <source>Check the address of the index</source>
        <translation>Prüfen Sie die Adresse des Index</translation>
    </message>
    <message>
        <source>It was asked too often: wait, then try again</source>
        <translation>Er wurde zu oft gefragt: Warten Sie, dann versuchen Sie es erneut</translation>
    </message>
    <message>
        <source>Open the address in a browser: the network may want a login</source>
        <translation>Öffnen Sie die Adresse im Browser: Vielleicht verlangt das Netz eine Anmeldung</translation>
    </message>
    <message>
        <source>Put a name and a password in the address of the proxy: http://name:password@host:port</source>
        <translation>Schreiben Sie Namen und Passwort in die Adresse des Proxys: http://name:passwort@host:port</translation>
    </message>
    <message>
        <source>Reading the index “%1”</source>
        <translation>Der Index „%1“ wird gelesen</translation>
    </message>
    <message>
        <source>Reading the metadata of “%1”</source>
        <translation>Die Metadaten von „%1“ werden gelesen</translation>
    </message>
    <message>
        <source>The %1 digest of “%2” is not one</source>
        <translation>Die %1-Prüfsumme von „%2“ ist keine</translation>
    </message>
    <message>
        <source>The index “%1” answered with status %2</source>
        <translation>Der Index „%1“ hat mit Status %2 geantwortet</translation>
    </message>
    <message>
        <source>The metadata of “%1” is not what its index says</source>
        <translation>Die Metadaten von „%1“ sind nicht die, die sein Index nennt</translation>
    </message>
    <message>
        <source>The metadata of “%1” is that of %2 %3</source>
        <translation>Die Metadaten von „%1“ sind die von %2 %3</translation>
    </message>
    <message>
        <source>The page %1 cannot be read: %2</source>
        <translation>Die Seite %1 kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>The trouble is on its side: try again later</source>
        <translation>Die Störung liegt auf seiner Seite: Versuchen Sie es später erneut</translation>
    </message>
    <message>
        <source>Write what it needs into [[tool.uv.dependency-metadata]] of pyproject.toml</source>
        <translation>Schreiben Sie in [[tool.uv.dependency-metadata]] der pyproject.toml, was es braucht</translation>
    </message>
    <message>
        <source>it asks for input instead of listing files</source>
        <translation>sie fragt nach einer Eingabe, statt Dateien zu nennen</translation>
    </message>
    <message>
        <source>it is nested deeper than %1 levels</source>
        <translation>sie ist tiefer verschachtelt als %1 Ebenen</translation>
    </message>
    <message>
        <source>it is not a page of a package index in JSON</source>
        <translation>sie ist keine Seite eines Paketindex in JSON</translation>
    </message>
    <message>
        <source>it is not text in UTF-8</source>
        <translation>sie ist kein Text in UTF-8</translation>
    </message>
    <message>
        <source>it speaks version %1 of the interface, and only 1 is known</source>
        <translation>sie spricht Version %1 der Schnittstelle, und nur 1 ist bekannt</translation>
    </message>
    <message>
        <source>“%1” cannot be had from “%2”: status %3</source>
        <translation>„%1“ ist von „%2“ nicht zu bekommen: Status %3</translation>
    </message>
    <message>
        <source>“%1” cannot be written: %2</source>
        <translation>„%1“ kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>“%1” has more than one METADATA: “%2” and “%3”</source>
        <translation>„%1“ hat mehr als eine METADATA: „%2“ und „%3“</translation>
    </message>
    <message>
        <source>“%1” has no METADATA</source>
        <translation>„%1“ hat keine METADATA</translation>
    </message>
    <message>
        <source>“%1” holds sources that do not say for sure what they need: only a build could tell, and nothing is built yet</source>
        <translation>„%1“ enthält Quellen, die nicht sicher sagen, was sie brauchen: Nur ein Bau könnte es sagen, und gebaut wird noch nichts</translation>
    </message>
    <message>
        <source>“%1” is not the file its index lists</source>
        <translation>„%1“ ist nicht die Datei, die sein Index nennt</translation>
    </message>
</context>
<context>
    <name>lock</name>
    <message>
        <source>%1 is needed here, but the lock has no such package</source>
        <translation>%1 wird hier gebraucht, aber die Sperrdatei hat kein solches Paket</translation>
    </message>
    <message>
        <source>%1 must be a list</source>
        <translation>%1 muss eine Liste sein</translation>
    </message>
    <message>
        <source>%1 must be a table</source>
        <translation>%1 muss eine Tabelle sein</translation>
    </message>
    <message>
        <source>%1 must be a text in quotes</source>
        <translation>%1 muss ein Text in Anführungszeichen sein</translation>
    </message>
    <message>
        <source>%1 must be a whole number</source>
        <translation>%1 muss eine ganze Zahl sein</translation>
    </message>
    <message>
        <source>%1 stands in the lock twice</source>
        <translation>%1 steht zweimal in der Sperrdatei</translation>
    </message>
    <message>
        <source>A file of this size is read only in the plain form of a lock</source>
        <translation>Eine Datei dieser Größe wird nur in der einfachen Form einer Sperrdatei gelesen</translation>
    </message>
    <message>
        <source>Add this computer to “environments” of [tool.uv], and lock again</source>
        <translation>Nehmen Sie diesen Rechner in „environments“ von [tool.uv] auf, und sperren Sie neu</translation>
    </message>
    <message>
        <source>Choose a version that has wheels for this computer</source>
        <translation>Wählen Sie eine Version, die Wheels für diesen Rechner hat</translation>
    </message>
    <message>
        <source>Choose another Python</source>
        <translation>Wählen Sie ein anderes Python</translation>
    </message>
    <message>
        <source>Choose one of %1</source>
        <translation>Wählen Sie eines von %1</translation>
    </message>
    <message>
        <source>Choose one of them</source>
        <translation>Wählen Sie eines davon</translation>
    </message>
    <message>
        <source>It is not clear which package is meant: the lock has several called “%1”</source>
        <translation>Es ist nicht klar, welches Paket gemeint ist: Die Sperrdatei hat mehrere namens „%1“</translation>
    </message>
    <message>
        <source>Its wheels are for %1</source>
        <translation>Seine Wheels sind für %1</translation>
    </message>
    <message>
        <source>Keys of this depth are in no lock</source>
        <translation>Schlüssel dieser Tiefe gibt es in keiner Sperrdatei</translation>
    </message>
    <message>
        <source>Lock again</source>
        <translation>Sperren Sie neu</translation>
    </message>
    <message>
        <source>Lock again with what both sides chose</source>
        <translation>Sperren Sie neu mit dem, was beide Seiten gewählt haben</translation>
    </message>
    <message>
        <source>Name this computer in “required-environments” of [tool.uv], and lock again</source>
        <translation>Nennen Sie diesen Rechner in „required-environments“ von [tool.uv], und sperren Sie neu</translation>
    </message>
    <message>
        <source>Remove the file and lock again</source>
        <translation>Entfernen Sie die Datei und sperren Sie neu</translation>
    </message>
    <message>
        <source>Restore the file, for instance from version control</source>
        <translation>Stellen Sie die Datei wieder her, zum Beispiel aus der Versionsverwaltung</translation>
    </message>
    <message>
        <source>Take one side of the merge and lock again</source>
        <translation>Nehmen Sie eine Seite der Zusammenführung und sperren Sie neu</translation>
    </message>
    <message>
        <source>The group “%1” needs Python %2, and this is Python %3</source>
        <translation>Die Gruppe „%1“ braucht Python %2, und dies ist Python %3</translation>
    </message>
    <message>
        <source>The lock has format version %1; only version 1 is understood</source>
        <translation>Die Sperrdatei hat die Formatversion %1; nur Version 1 wird verstanden</translation>
    </message>
    <message>
        <source>The lock has no wheel of “%1” that runs on this computer with this Python</source>
        <translation>Die Sperrdatei hat kein Wheel von „%1“, das auf diesem Rechner mit diesem Python läuft</translation>
    </message>
    <message>
        <source>The lock wants two versions at once: %1 and %2</source>
        <translation>Die Sperrdatei verlangt zwei Versionen zugleich: %1 und %2</translation>
    </message>
    <message>
        <source>The project has no extra “%1”</source>
        <translation>Das Projekt hat kein Extra „%1“</translation>
    </message>
    <message>
        <source>The project has no group “%1”</source>
        <translation>Das Projekt hat keine Gruppe „%1“</translation>
    </message>
    <message>
        <source>The project is for Python %1, and this is Python %2</source>
        <translation>Das Projekt ist für Python %1, und dies ist Python %2</translation>
    </message>
    <message>
        <source>The project is not for this computer: its environments are %1</source>
        <translation>Das Projekt ist nicht für diesen Rechner: Seine Umgebungen sind %1</translation>
    </message>
    <message>
        <source>The project says that %1 exclude each other</source>
        <translation>Das Projekt sagt, dass %1 einander ausschließen</translation>
    </message>
    <message>
        <source>This dependency stands here twice</source>
        <translation>Diese Abhängigkeit steht hier zweimal</translation>
    </message>
    <message>
        <source>This element</source>
        <translation>Dieses Element</translation>
    </message>
    <message>
        <source>This file of “%1” needs a hash</source>
        <translation>Diese Datei von „%1“ braucht einen Hashwert</translation>
    </message>
    <message>
        <source>This is no hash of a known kind; it looks like “sha256:…” with 64 hexadecimal digits</source>
        <translation>Dies ist kein Hashwert einer bekannten Art; er sieht aus wie „sha256:…“ mit 64 hexadezimalen Ziffern</translation>
    </message>
    <message>
        <source>This source is of no known kind</source>
        <translation>Diese Quelle ist von keiner bekannten Art</translation>
    </message>
    <message>
        <source>Update Sconce</source>
        <translation>Aktualisieren Sie Sconce</translation>
    </message>
    <message>
        <source>Write “%1”</source>
        <translation>Schreiben Sie „%1“</translation>
    </message>
    <message>
        <source>the extra “%1”</source>
        <translation>das Extra „%1“</translation>
    </message>
    <message>
        <source>the extra “%1” of “%2”</source>
        <translation>das Extra „%1“ von „%2“</translation>
    </message>
    <message>
        <source>the group “%1”</source>
        <translation>die Gruppe „%1“</translation>
    </message>
    <message>
        <source>the group “%1” of “%2”</source>
        <translation>die Gruppe „%1“ von „%2“</translation>
    </message>
    <message>
        <source>the project “%1”</source>
        <translation>das Projekt „%1“</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>“%1” %2</source>
        <translation>„%1“ %2</translation>
    </message>
    <message>
        <source>“%1” cannot be “%2”</source>
        <translation>„%1“ kann nicht „%2“ sein</translation>
    </message>
    <message>
        <source>“%1” comes from an index and needs a version</source>
        <translation>„%1“ kommt aus einem Index und braucht eine Version</translation>
    </message>
    <message>
        <source>“%1” is a folder of sources and cannot have files</source>
        <translation>„%1“ ist ein Quellordner und kann keine Dateien haben</translation>
    </message>
    <message>
        <source>“%1” is a member of the workspace, but the lock has no such package</source>
        <translation>„%1“ ist ein Mitglied des Workspace, aber die Sperrdatei hat kein solches Paket</translation>
    </message>
    <message>
        <source>“%1” is missing here</source>
        <translation>„%1“ fehlt hier</translation>
    </message>
    <message>
        <source>“%1” is needed by nothing: part of the lock is missing</source>
        <translation>„%1“ wird von nichts gebraucht: Ein Teil der Sperrdatei fehlt</translation>
    </message>
    <message>
        <source>“%1” is no file name of a wheel</source>
        <translation>„%1“ ist kein Dateiname eines Wheels</translation>
    </message>
    <message>
        <source>“%1” is no valid TOML from here on</source>
        <translation>„%1“ ist ab hier kein gültiges TOML</translation>
    </message>
    <message>
        <source>“%1” is not a file of “%2” %3</source>
        <translation>„%1“ ist keine Datei von „%2“ %3</translation>
    </message>
    <message>
        <source>“%1” must be a whole number</source>
        <translation>„%1“ muss eine ganze Zahl sein</translation>
    </message>
    <message>
        <source>“%1” must not be empty</source>
        <translation>„%1“ darf nicht leer sein</translation>
    </message>
    <message>
        <source>“%1” still holds both sides of a merge</source>
        <translation>„%1“ enthält noch beide Seiten einer Zusammenführung</translation>
    </message>
    <message>
        <source>“%1” would have to be built: the lock has no wheel of it that runs here</source>
        <translation>„%1“ müsste gebaut werden: Die Sperrdatei hat kein Wheel davon, das hier läuft</translation>
    </message>
</context>
<context>
    <name>markers</name>
    <message>
        <source>A closing %1 is missing</source>
        <translation>Ein schließendes %1 fehlt</translation>
    </message>
    <message>
        <source>A comparison such as “==” or “in” is missing after %1</source>
        <translation>Nach %1 fehlt ein Vergleich wie „==“ oder „in“</translation>
    </message>
    <message>
        <source>After “not” only “in” can follow</source>
        <translation>Nach „not“ kann nur „in“ folgen</translation>
    </message>
    <message>
        <source>Put quotes around a value</source>
        <translation>Setzen Sie den Wert in Anführungszeichen</translation>
    </message>
    <message>
        <source>The marker ends where a variable or a quoted text should follow</source>
        <translation>Der Marker endet, wo eine Variable oder ein Text in Anführungszeichen folgen sollte</translation>
    </message>
    <message>
        <source>The marker has more than %1 comparisons</source>
        <translation>Der Marker hat mehr als %1 Vergleiche</translation>
    </message>
    <message>
        <source>The marker has too many combinations</source>
        <translation>Der Marker hat zu viele Kombinationen</translation>
    </message>
    <message>
        <source>The marker is empty</source>
        <translation>Der Marker ist leer</translation>
    </message>
    <message>
        <source>The parentheses are nested more than %1 deep</source>
        <translation>Die Klammern sind mehr als %1 tief verschachtelt</translation>
    </message>
    <message>
        <source>This parenthesis is not closed</source>
        <translation>Diese Klammer ist nicht geschlossen</translation>
    </message>
    <message>
        <source>Write “%1”</source>
        <translation>Schreiben Sie „%1“</translation>
    </message>
    <message>
        <source>“%1” cannot stand here: conditions are joined by “and” or “or”</source>
        <translation>„%1“ kann hier nicht stehen: Bedingungen werden durch „and“ oder „or“ verbunden</translation>
    </message>
    <message>
        <source>“%1” has no meaning in a marker</source>
        <translation>„%1“ hat in einem Marker keine Bedeutung</translation>
    </message>
    <message>
        <source>“%1” is no variable of markers</source>
        <translation>„%1“ ist keine Variable von Markern</translation>
    </message>
    <message>
        <source>“%1” stands where a variable or a quoted text should be</source>
        <translation>„%1“ steht, wo eine Variable oder ein Text in Anführungszeichen sein sollte</translation>
    </message>
    <message>
        <source>“===” cannot be used in a marker</source>
        <translation>„===“ kann in einem Marker nicht verwendet werden</translation>
    </message>
</context>
<context>
    <name>metadata</name>
    <message>
        <source>An entry point has no name</source>
        <translation>Ein Einstiegspunkt hat keinen Namen</translation>
    </message>
    <message>
        <source>RECORD has a quote in line %1 that is never closed</source>
        <translation>RECORD hat in Zeile %1 ein Anführungszeichen, das nie geschlossen wird</translation>
    </message>
    <message>
        <source>RECORD has text behind a closing quote in line %1</source>
        <translation>RECORD hat in Zeile %1 Text hinter einem schließenden Anführungszeichen</translation>
    </message>
    <message>
        <source>RECORD has “%1” in line %2 where a size is needed</source>
        <translation>RECORD hat in Zeile %2 „%1“, wo eine Größe gebraucht wird</translation>
    </message>
    <message>
        <source>RECORD is not UTF-8 text</source>
        <translation>RECORD ist kein Text in UTF-8</translation>
    </message>
    <message>
        <source>RECORD lists more than %L1 files</source>
        <translation>RECORD nennt mehr als %L1 Dateien</translation>
    </message>
    <message>
        <source>RECORD should have path, hash and size in line %1</source>
        <translation>RECORD sollte in Zeile %1 Pfad, Hashwert und Größe haben</translation>
    </message>
    <message>
        <source>The entry point “%1” cannot be a file in the scripts folder</source>
        <translation>Der Einstiegspunkt „%1“ kann keine Datei im Skriptordner sein</translation>
    </message>
    <message>
        <source>The entry point “%1” does not name a function as “module:function”</source>
        <translation>Der Einstiegspunkt „%1“ nennt keine Funktion als „modul:funktion“</translation>
    </message>
    <message>
        <source>The entry point “%1” would replace a part of the environment itself</source>
        <translation>Der Einstiegspunkt „%1“ würde einen Teil der Umgebung selbst ersetzen</translation>
    </message>
    <message>
        <source>The metadata has more than one field “%1”</source>
        <translation>Die Metadaten haben mehr als ein Feld „%1“</translation>
    </message>
    <message>
        <source>The metadata has no field “%1”</source>
        <translation>Die Metadaten haben kein Feld „%1“</translation>
    </message>
    <message>
        <source>The metadata is of version %1, which is newer than the known ones (1 and 2)</source>
        <translation>Die Metadaten haben Version %1, die neuer ist als die bekannten (1 und 2)</translation>
    </message>
    <message>
        <source>The metadata is too large: its fields go on after 16 MiB</source>
        <translation>Die Metadaten sind zu groß: Ihre Felder gehen nach 16 MiB weiter</translation>
    </message>
    <message>
        <source>The name of an entry point is too long for a file</source>
        <translation>Der Name eines Einstiegspunkts ist zu lang für eine Datei</translation>
    </message>
    <message>
        <source>direct_url.json does not say where the package came from</source>
        <translation>direct_url.json sagt nicht, woher das Paket kam</translation>
    </message>
    <message>
        <source>entry_points.txt has a section name without “]” at its end in line %1</source>
        <translation>entry_points.txt hat in Zeile %1 einen Abschnittsnamen ohne „]“ am Ende</translation>
    </message>
    <message>
        <source>entry_points.txt has an entry before its first section in line %1</source>
        <translation>entry_points.txt hat in Zeile %1 einen Eintrag vor dem ersten Abschnitt</translation>
    </message>
    <message>
        <source>entry_points.txt has no “=” in line %1</source>
        <translation>entry_points.txt hat kein „=“ in Zeile %1</translation>
    </message>
    <message>
        <source>entry_points.txt is not UTF-8 text</source>
        <translation>entry_points.txt ist kein Text in UTF-8</translation>
    </message>
    <message>
        <source>it does not end in “.whl”</source>
        <translation>er endet nicht auf „.whl“</translation>
    </message>
    <message>
        <source>it should have name, version, Python, ABI and platform with “-” between them</source>
        <translation>er sollte Name, Version, Python, ABI und Plattform haben, mit „-“ dazwischen</translation>
    </message>
    <message>
        <source>“%1” is not a build number such as “1” or “2a”</source>
        <translation>„%1“ ist keine Baunummer wie „1“ oder „2a“</translation>
    </message>
    <message>
        <source>“%1” is not a source archive of %2: it should be %2, “-” and a version</source>
        <translation>„%1“ ist kein Quellarchiv von %2: Es sollte %2, „-“ und eine Version sein</translation>
    </message>
    <message>
        <source>“%1” is not the file name of a source archive</source>
        <translation>„%1“ ist nicht der Dateiname eines Quellarchivs</translation>
    </message>
    <message>
        <source>“%1” is not the file name of a wheel: %2</source>
        <translation>„%1“ ist nicht der Dateiname eines Wheels: %2</translation>
    </message>
</context>
<context>
    <name>names</name>
    <message>
        <source>A name is empty where one is needed</source>
        <translation>Ein Name ist leer, wo einer gebraucht wird</translation>
    </message>
    <message>
        <source>“%1” is not a name: it must begin and end with a letter or digit</source>
        <translation>„%1“ ist kein Name: Er muss mit einem Buchstaben oder einer Ziffer beginnen und enden</translation>
    </message>
    <message>
        <source>“%1” is not a name: only letters of the English alphabet, digits, “-”, “_” and “.” are allowed, not “%2”</source>
        <translation>„%1“ ist kein Name: Nur Buchstaben des englischen Alphabets, Ziffern, „-“, „_“ und „.“ sind erlaubt, nicht „%2“</translation>
    </message>
</context>
<context>
    <name>net</name>
    <message>
        <source>Check HTTP_PROXY, HTTPS_PROXY and NO_PROXY</source>
        <translation>Prüfen Sie HTTP_PROXY, HTTPS_PROXY und NO_PROXY</translation>
    </message>
    <message>
        <source>Check the address</source>
        <translation>Prüfen Sie die Adresse</translation>
    </message>
    <message>
        <source>Check the clock of this computer</source>
        <translation>Prüfen Sie die Uhr dieses Computers</translation>
    </message>
    <message>
        <source>Check the network connection</source>
        <translation>Prüfen Sie die Netzverbindung</translation>
    </message>
    <message>
        <source>Name a PEM file, or unset SSL_CERT_FILE</source>
        <translation>Nennen Sie eine PEM-Datei oder entfernen Sie SSL_CERT_FILE</translation>
    </message>
    <message>
        <source>No connection to “%1” in time</source>
        <translation>Keine rechtzeitige Verbindung zu „%1“</translation>
    </message>
    <message>
        <source>No connection to “%1” through the proxy “%2” within %3 seconds</source>
        <translation>Keine Verbindung zu „%1“ über den Proxy „%2“ binnen %3 Sekunden</translation>
    </message>
    <message>
        <source>No connection to “%1” within %2 seconds</source>
        <translation>Keine Verbindung zu „%1“ binnen %2 Sekunden</translation>
    </message>
    <message>
        <source>No secure connection (TLS) to “%1” came about</source>
        <translation>Keine sichere Verbindung (TLS) zu „%1“ kam zustande</translation>
    </message>
    <message>
        <source>Put them in the address of the proxy: http://name:password@host:port</source>
        <translation>Schreiben Sie beides in die Adresse des Proxys: http://name:passwort@host:port</translation>
    </message>
    <message>
        <source>SSL_CERT_FILE names “%1”, which holds no certificate</source>
        <translation>SSL_CERT_FILE nennt „%1“, das kein Zertifikat enthält</translation>
    </message>
    <message>
        <source>Set SSL_CERT_FILE to a file with the certificate of that authority</source>
        <translation>Setzen Sie SSL_CERT_FILE auf eine Datei mit dem Zertifikat dieser Stelle</translation>
    </message>
    <message>
        <source>Switch offline mode off</source>
        <translation>Schalten Sie den Offline-Modus aus</translation>
    </message>
    <message>
        <source>The certificate of “%1” comes from an authority that this computer does not know</source>
        <translation>Das Zertifikat von „%1“ kommt von einer Stelle, die dieser Computer nicht kennt</translation>
    </message>
    <message>
        <source>The certificate of “%1” has expired</source>
        <translation>Das Zertifikat von „%1“ ist abgelaufen</translation>
    </message>
    <message>
        <source>The certificate of “%1” is for another name</source>
        <translation>Das Zertifikat von „%1“ gilt für einen anderen Namen</translation>
    </message>
    <message>
        <source>The certificate of “%1” is not valid yet</source>
        <translation>Das Zertifikat von „%1“ ist noch nicht gültig</translation>
    </message>
    <message>
        <source>The certificate of “%1” was not accepted: %2</source>
        <translation>Das Zertifikat von „%1“ wurde nicht angenommen: %2</translation>
    </message>
    <message>
        <source>The file at “%1” changed while it was being downloaded</source>
        <translation>Die Datei unter „%1“ hat sich während des Herunterladens geändert</translation>
    </message>
    <message>
        <source>The network went away while “%1” was asked</source>
        <translation>Das Netz ging verloren, während „%1“ gefragt wurde</translation>
    </message>
    <message>
        <source>The proxy set for %1 addresses cannot be used</source>
        <translation>Der für %1-Adressen gesetzte Proxy kann nicht verwendet werden</translation>
    </message>
    <message>
        <source>The proxy “%1” did not answer in time</source>
        <translation>Der Proxy „%1“ hat nicht rechtzeitig geantwortet</translation>
    </message>
    <message>
        <source>The proxy “%1” did not let the request for “%2” through</source>
        <translation>Der Proxy „%1“ hat die Anfrage nach „%2“ nicht durchgelassen</translation>
    </message>
    <message>
        <source>The proxy “%1” refused the connection</source>
        <translation>Der Proxy „%1“ hat die Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>The proxy “%1” wants a name and a password, or other ones</source>
        <translation>Der Proxy „%1“ verlangt Namen und Passwort, oder andere</translation>
    </message>
    <message>
        <source>The proxy “%1” was not found: its name has no address</source>
        <translation>Der Proxy „%1“ wurde nicht gefunden: Sein Name hat keine Adresse</translation>
    </message>
    <message>
        <source>The request to “%1” failed</source>
        <translation>Die Anfrage an „%1“ ist fehlgeschlagen</translation>
    </message>
    <message numerus="yes">
        <source>Tried %n time(s)</source>
        <translation>
            <numerusform>%Ln-mal versucht</numerusform>
            <numerusform>%Ln-mal versucht</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Versuchen Sie es erneut</translation>
    </message>
    <message>
        <source>Try again later</source>
        <translation>Versuchen Sie es später erneut</translation>
    </message>
    <message>
        <source>Use an address that begins with https://, http:// or file://</source>
        <translation>Verwenden Sie eine Adresse, die mit https://, http:// oder file:// beginnt</translation>
    </message>
    <message>
        <source>Write HTTP_PROXY and HTTPS_PROXY as http://host:port or socks5://host:port</source>
        <translation>Schreiben Sie HTTP_PROXY und HTTPS_PROXY als http://host:port oder socks5://host:port</translation>
    </message>
    <message>
        <source>“%1” cannot be read: %2</source>
        <translation>„%1“ kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>“%1” did not answer within %2 seconds</source>
        <translation>„%1“ hat binnen %2 Sekunden nicht geantwortet</translation>
    </message>
    <message>
        <source>“%1” ended the connection in the middle of its answer</source>
        <translation>„%1“ hat die Verbindung mitten in der Antwort beendet</translation>
    </message>
    <message>
        <source>“%1” ended the connection without a proper answer</source>
        <translation>„%1“ hat die Verbindung ohne ordentliche Antwort beendet</translation>
    </message>
    <message>
        <source>“%1” is larger than %2</source>
        <translation>„%1“ ist größer als %2</translation>
    </message>
    <message>
        <source>“%1” is not an address that can be asked</source>
        <translation>„%1“ ist keine Adresse, die man fragen kann</translation>
    </message>
    <message>
        <source>“%1” is not asked in offline mode, and the cache does not have %2</source>
        <translation>„%1“ wird im Offline-Modus nicht gefragt, und der Zwischenspeicher hat %2 nicht</translation>
    </message>
    <message>
        <source>“%1” refused the connection</source>
        <translation>„%1“ hat die Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>“%1” sends from one address to the next without end</source>
        <translation>„%1“ schickt endlos von einer Adresse zur nächsten</translation>
    </message>
    <message>
        <source>“%1” sends less than 1 KB a second</source>
        <translation>„%1“ sendet weniger als 1 KB in der Sekunde</translation>
    </message>
    <message>
        <source>“%1” sends on from a secure address to an open one (http), which is not followed</source>
        <translation>„%1“ verweist von einer sicheren auf eine offene Adresse (http), und dem wird nicht gefolgt</translation>
    </message>
    <message>
        <source>“%1” sends on to an address that is not followed</source>
        <translation>„%1“ verweist auf eine Adresse, der nicht gefolgt wird</translation>
    </message>
    <message>
        <source>“%1” sent an answer that is not proper HTTP</source>
        <translation>„%1“ hat eine Antwort geschickt, die kein ordentliches HTTP ist</translation>
    </message>
    <message>
        <source>“%1” sent another piece of the file than was asked for</source>
        <translation>„%1“ hat ein anderes Stück der Datei geschickt als verlangt</translation>
    </message>
    <message>
        <source>“%1” sent more than %2</source>
        <translation>„%1“ hat mehr als %2 geschickt</translation>
    </message>
    <message>
        <source>“%1” sent more than 64 KB of headers</source>
        <translation>„%1“ hat mehr als 64 KB an Kopfzeilen geschickt</translation>
    </message>
    <message>
        <source>“%1” stopped in the middle of its answer: nothing came for %2 seconds</source>
        <translation>„%1“ hat mitten in der Antwort aufgehört: %2 Sekunden lang kam nichts</translation>
    </message>
    <message>
        <source>“%1” was not found: the name has no address</source>
        <translation>„%1“ wurde nicht gefunden: Der Name hat keine Adresse</translation>
    </message>
</context>
<context>
    <name>plan</name>
    <message>
        <source>%1 %2 was withdrawn by its authors</source>
        <translation>%1 %2 wurde von den Autoren zurückgezogen</translation>
    </message>
    <message>
        <source>%1 %2 was withdrawn by its authors: %3</source>
        <translation>%1 %2 wurde von den Autoren zurückgezogen: %3</translation>
    </message>
    <message>
        <source>%1 changes its build from %2 to %3</source>
        <translation>%1 wechselt die Bauart von %2 zu %3</translation>
    </message>
    <message>
        <source>%1 goes down from %2 to %3</source>
        <translation>%1 geht von %2 auf %3 zurück</translation>
    </message>
    <message>
        <source>The index gives no SHA-256 for %1, so the download cannot be compared with it</source>
        <translation>Der Index nennt keine SHA-256 für %1, daher lässt sich der Download nicht damit vergleichen</translation>
    </message>
    <message>
        <source>installed twice</source>
        <translation>zweimal installiert</translation>
    </message>
    <message>
        <source>its %1 is missing</source>
        <translation>seine Datei %1 fehlt</translation>
    </message>
    <message>
        <source>nothing needs it</source>
        <translation>nichts braucht es</translation>
    </message>
    <message>
        <source>only its build backend knows which of its files are installed</source>
        <translation>nur sein Build-Backend weiß, welche seiner Dateien installiert werden</translation>
    </message>
    <message>
        <source>part of the project</source>
        <translation>Teil des Projekts</translation>
    </message>
    <message>
        <source>you asked</source>
        <translation>von Ihnen verlangt</translation>
    </message>
    <message>
        <source>“%1” is a folder with sources (%2) and is left out: it would have to be built</source>
        <translation>„%1“ ist ein Ordner mit Quellen (%2) und wird ausgelassen: Es müsste gebaut werden</translation>
    </message>
</context>
<context>
    <name>process</name>
    <message>
        <source>There is no program “%1”</source>
        <translation>Es gibt kein Programm „%1“</translation>
    </message>
    <message>
        <source>There is no program “%1” on PATH</source>
        <translation>Es gibt kein Programm „%1“ in PATH</translation>
    </message>
    <message>
        <source>“%1” cannot be started: the interpreter or loader it asks for is missing</source>
        <translation>„%1“ kann nicht gestartet werden: Der verlangte Interpreter oder Lader fehlt</translation>
    </message>
    <message>
        <source>“%1” cannot run in “%2”: there is no such folder</source>
        <translation>„%1“ kann nicht in „%2“ laufen: Diesen Ordner gibt es nicht</translation>
    </message>
    <message>
        <source>“%1” could not be started</source>
        <translation>„%1“ konnte nicht gestartet werden</translation>
    </message>
    <message>
        <source>“%1” is not a program for this computer</source>
        <translation>„%1“ ist kein Programm für diesen Computer</translation>
    </message>
    <message>
        <source>“%1” may not be run by this user</source>
        <translation>„%1“ darf von diesem Benutzer nicht ausgeführt werden</translation>
    </message>
</context>
<context>
    <name>project</name>
    <message>
        <source>%1 is not an HTTP status</source>
        <translation>%1 ist kein HTTP-Status</translation>
    </message>
    <message>
        <source>A set in “%1” needs two different entries or more</source>
        <translation>Eine Menge in „%1“ braucht zwei oder mehr verschiedene Einträge</translation>
    </message>
    <message>
        <source>A table in “%1” can only be { include-group = "…" }</source>
        <translation>Eine Tabelle in „%1“ kann nur { include-group = "…" } sein</translation>
    </message>
    <message>
        <source>A table in “%1” needs the keys package and dependencies</source>
        <translation>Eine Tabelle in „%1“ braucht die Schlüssel package und dependencies</translation>
    </message>
    <message>
        <source>Add %1 = { workspace = true } to [tool.uv.sources]</source>
        <translation>Fügen Sie %1 = { workspace = true } zu [tool.uv.sources] hinzu</translation>
    </message>
    <message>
        <source>Add [project] with a name, or exclude the folder in [tool.uv.workspace]</source>
        <translation>Fügen Sie [project] mit einem Namen hinzu oder schließen Sie den Ordner in [tool.uv.workspace] aus</translation>
    </message>
    <message>
        <source>Add an index of that name to [[tool.uv.index]]</source>
        <translation>Fügen Sie zu [[tool.uv.index]] einen Index dieses Namens hinzu</translation>
    </message>
    <message>
        <source>Add its folder to members of [tool.uv.workspace], or give the source a path</source>
        <translation>Fügen Sie seinen Ordner zu members in [tool.uv.workspace] hinzu oder geben Sie der Quelle einen Pfad</translation>
    </message>
    <message>
        <source>Add name = "…"</source>
        <translation>Fügen Sie name = "…" hinzu</translation>
    </message>
    <message>
        <source>Add name = "…" to [project]</source>
        <translation>Fügen Sie name = "…" zu [project] hinzu</translation>
    </message>
    <message>
        <source>Add url = "…"</source>
        <translation>Fügen Sie url = "…" hinzu</translation>
    </message>
    <message>
        <source>Add version = "0.1.0" to [project]</source>
        <translation>Fügen Sie version = "0.1.0" zu [project] hinzu</translation>
    </message>
    <message>
        <source>An entry of “%1” has no name</source>
        <translation>Ein Eintrag von „%1“ hat keinen Namen</translation>
    </message>
    <message>
        <source>An entry of “%1” names both an extra and a group</source>
        <translation>Ein Eintrag von „%1“ nennt sowohl ein Extra als auch eine Gruppe</translation>
    </message>
    <message>
        <source>An entry of “%1” names no package, extra or group</source>
        <translation>Ein Eintrag von „%1“ nennt weder Paket noch Extra noch Gruppe</translation>
    </message>
    <message>
        <source>An explicit index has no name, so no source can ask for it</source>
        <translation>Ein ausdrücklicher Index hat keinen Namen, daher kann keine Quelle ihn verlangen</translation>
    </message>
    <message>
        <source>An index cannot be called “%1”: letters, digits, “-”, “_” and “.” only</source>
        <translation>Ein Index kann nicht „%1“ heißen: nur Buchstaben, Ziffern, „-“, „_“ und „.“</translation>
    </message>
    <message>
        <source>An index has no url</source>
        <translation>Ein Index hat keine url</translation>
    </message>
    <message>
        <source>Choose the folder of a project</source>
        <translation>Wählen Sie den Ordner eines Projekts</translation>
    </message>
    <message>
        <source>Decide between the two sides and remove the lines with &lt;&lt;&lt;&lt;&lt;&lt;&lt;, ======= and &gt;&gt;&gt;&gt;&gt;&gt;&gt;</source>
        <translation>Entscheiden Sie sich zwischen den beiden Seiten und entfernen Sie die Zeilen mit &lt;&lt;&lt;&lt;&lt;&lt;&lt;, ======= und &gt;&gt;&gt;&gt;&gt;&gt;&gt;</translation>
    </message>
    <message>
        <source>Give each source a marker, an extra or a group of its own</source>
        <translation>Geben Sie jeder Quelle einen eigenen Marker, ein eigenes Extra oder eine eigene Gruppe</translation>
    </message>
    <message>
        <source>Groups include groups more than %1 deep</source>
        <translation>Gruppen schließen Gruppen mehr als %1 tief ein</translation>
    </message>
    <message>
        <source>Keep one of them, or write a list of sources with different markers</source>
        <translation>Behalten Sie eine davon oder schreiben Sie eine Liste von Quellen mit verschiedenen Markern</translation>
    </message>
    <message>
        <source>No index here is called “%1”</source>
        <translation>Kein Index hier heißt „%1“</translation>
    </message>
    <message>
        <source>Open a folder with one of these files</source>
        <translation>Öffnen Sie einen Ordner mit einer dieser Dateien</translation>
    </message>
    <message>
        <source>Open the folder of the project</source>
        <translation>Öffnen Sie den Ordner des Projekts</translation>
    </message>
    <message>
        <source>Take it from an index, a path or the address of a wheel</source>
        <translation>Nehmen Sie es aus einem Index, von einem Pfad oder von der Adresse eines Wheels</translation>
    </message>
    <message>
        <source>The groups include each other in a circle: %1</source>
        <translation>Die Gruppen schließen einander im Kreis ein: %1</translation>
    </message>
    <message>
        <source>The requirements stand in [tool.poetry], which only Poetry reads</source>
        <translation>Die Anforderungen stehen in [tool.poetry], was nur Poetry liest</translation>
    </message>
    <message>
        <source>The requirements stand in [tool.poetry], which only Poetry reads; [project] is missing</source>
        <translation>Die Anforderungen stehen in [tool.poetry], das nur Poetry liest; [project] fehlt</translation>
    </message>
    <message>
        <source>The source of “%1” has no effect: the project itself does not ask for it, and sources do not reach what others need</source>
        <translation>Die Quelle von „%1“ wirkt nicht: Das Projekt selbst verlangt es nicht, und Quellen reichen nicht bis zu dem, was andere brauchen</translation>
    </message>
    <message>
        <source>There is no group “%1”</source>
        <translation>Es gibt keine Gruppe „%1“</translation>
    </message>
    <message>
        <source>There is no index called “%1”</source>
        <translation>Es gibt keinen Index namens „%1“</translation>
    </message>
    <message>
        <source>There is no pyproject.toml in “%1” or above it</source>
        <translation>In „%1“ und darüber gibt es keine pyproject.toml</translation>
    </message>
    <message>
        <source>There is no text in quotes</source>
        <translation>Hier steht kein Text in Anführungszeichen</translation>
    </message>
    <message>
        <source>Two indexes are called “%1”</source>
        <translation>Zwei Indizes heißen „%1“</translation>
    </message>
    <message>
        <source>Two indexes are marked as the default; there can be one</source>
        <translation>Zwei Indizes sind als Standard markiert; es kann nur einen geben</translation>
    </message>
    <message>
        <source>Two members of the workspace are called “%1”: %2 and %3</source>
        <translation>Zwei Mitglieder des Workspace heißen „%1“: %2 und %3</translation>
    </message>
    <message>
        <source>Two sources in “%1” apply at once: their markers overlap</source>
        <translation>Zwei Quellen in „%1“ gelten zugleich: Ihre Marker überschneiden sich</translation>
    </message>
    <message>
        <source>Write one entry for each</source>
        <translation>Schreiben Sie für jede einen Eintrag</translation>
    </message>
    <message>
        <source>Write one of %1</source>
        <translation>Schreiben Sie eines von %1</translation>
    </message>
    <message>
        <source>Write one source for each</source>
        <translation>Schreiben Sie für jede eine Quelle</translation>
    </message>
    <message>
        <source>Write { package = { name = "…" }, dependencies = ["…"] }</source>
        <translation>Schreiben Sie { package = { name = "…" }, dependencies = ["…"] }</translation>
    </message>
    <message>
        <source>Write “%1”</source>
        <translation>Schreiben Sie „%1“</translation>
    </message>
    <message>
        <source>Write “%1” in place of “%2”</source>
        <translation>Schreiben Sie „%1“ anstelle von „%2“</translation>
    </message>
    <message>
        <source>[project] has no name</source>
        <translation>[project] hat keinen Namen</translation>
    </message>
    <message>
        <source>[project] has no version, and “dynamic” does not list it</source>
        <translation>[project] hat keine Version, und „dynamic“ nennt sie nicht</translation>
    </message>
    <message>
        <source>a date or time</source>
        <translation>ein Datum oder eine Zeit</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a table</source>
        <translation>eine Tabelle</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>here should be a value; text needs quotes around it</source>
        <translation>hier sollte ein Wert stehen; Text braucht Anführungszeichen</translation>
    </message>
    <message>
        <source>it ends in the middle</source>
        <translation>es endet mittendrin</translation>
    </message>
    <message>
        <source>it has no [project] table</source>
        <translation>es hat keine Tabelle [project]</translation>
    </message>
    <message>
        <source>its build backend is code of its own</source>
        <translation>sein Build-Backend ist eigener Code</translation>
    </message>
    <message>
        <source>its build backend “%1” would have to run</source>
        <translation>sein Build-Backend „%1“ müsste laufen</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>there is a control character in a text</source>
        <translation>in einem Text steht ein Steuerzeichen</translation>
    </message>
    <message>
        <source>there is no module “%1” in “%2”</source>
        <translation>in „%2“ gibt es kein Modul „%1“</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>while reading %1</source>
        <translation>beim Lesen von %1</translation>
    </message>
    <message>
        <source>“%1” and “%2” are the same name</source>
        <translation>„%1“ und „%2“ sind derselbe Name</translation>
    </message>
    <message>
        <source>“%1” cannot be “%2”</source>
        <translation>„%1“ kann nicht „%2“ sein</translation>
    </message>
    <message>
        <source>“%1” cannot stand in “%2”: only package, extra and group can</source>
        <translation>„%1“ kann nicht in „%2“ stehen: nur package, extra und group sind möglich</translation>
    </message>
    <message>
        <source>“%1” comes from a Git repository, which cannot be read yet</source>
        <translation>„%1“ kommt aus einem Git-Repository, das noch nicht gelesen werden kann</translation>
    </message>
    <message>
        <source>“%1” does not exist</source>
        <translation>„%1“ existiert nicht</translation>
    </message>
    <message>
        <source>“%1” does not say where to take the package from</source>
        <translation>„%1“ sagt nicht, woher das Paket zu nehmen ist</translation>
    </message>
    <message>
        <source>“%1” holds no pyproject.toml, requirements.txt or requirements.in</source>
        <translation>„%1“ enthält keine pyproject.toml, requirements.txt oder requirements.in</translation>
    </message>
    <message>
        <source>“%1” holds two versions that git could not merge</source>
        <translation>„%1“ enthält zwei Fassungen, die git nicht zusammenführen konnte</translation>
    </message>
    <message>
        <source>“%1” is a member of the workspace and has no [project] table</source>
        <translation>„%1“ ist ein Mitglied des Workspace und hat keine Tabelle [project]</translation>
    </message>
    <message>
        <source>“%1” is a member of the workspace, and nothing says to take it from there</source>
        <translation>„%1“ ist ein Mitglied des Workspace, und nichts sagt, dass es von dort kommen soll</translation>
    </message>
    <message>
        <source>“%1” is an empty list</source>
        <translation>„%1“ ist eine leere Liste</translation>
    </message>
    <message>
        <source>“%1” is dynamic: only a build of the project can say it</source>
        <translation>„%1“ ist dynamisch: Nur ein Bau des Projekts kann es sagen</translation>
    </message>
    <message>
        <source>“%1” is dynamic: only a build of the project can say it, so it counts as empty here</source>
        <translation>„%1“ ist dynamisch: Nur ein Bau des Projekts kann es sagen, daher gilt es hier als leer</translation>
    </message>
    <message>
        <source>“%1” is listed as dynamic and written down as well</source>
        <translation>„%1“ ist als dynamisch genannt und zugleich festgeschrieben</translation>
    </message>
    <message>
        <source>“%1” is neither a pyproject.toml nor a requirements file (.txt, .in)</source>
        <translation>„%1“ ist weder eine pyproject.toml noch eine Requirements-Datei (.txt, .in)</translation>
    </message>
    <message>
        <source>“%1” is not a key of [%2] and is ignored</source>
        <translation>„%1“ ist kein Schlüssel von [%2] und wird übergangen</translation>
    </message>
    <message>
        <source>“%1” is not a key of [%2] and is ignored; “%3” is</source>
        <translation>„%1“ ist kein Schlüssel von [%2] und wird übergangen; „%3“ ist einer</translation>
    </message>
    <message>
        <source>“%1” is not a list</source>
        <translation>„%1“ ist keine Liste</translation>
    </message>
    <message>
        <source>“%1” is not a member of the workspace</source>
        <translation>„%1“ ist kein Mitglied des Workspace</translation>
    </message>
    <message>
        <source>“%1” is not a table of pyproject.toml and is ignored; tools write below [tool]</source>
        <translation>„%1“ ist keine Tabelle von pyproject.toml und wird übergangen; Werkzeuge schreiben unter [tool]</translation>
    </message>
    <message>
        <source>“%1” is not an address that can be read</source>
        <translation>„%1“ ist keine lesbare Adresse</translation>
    </message>
    <message>
        <source>“%1” is not valid TOML: %2</source>
        <translation>„%1“ ist kein gültiges TOML: %2</translation>
    </message>
    <message>
        <source>“%1” must be %2, and is %3</source>
        <translation>„%1“ muss %2 sein und ist %3</translation>
    </message>
    <message>
        <source>“%1” names %2 at once</source>
        <translation>„%1“ nennt %2 zugleich</translation>
    </message>
    <message>
        <source>“%1” names both an extra and a group</source>
        <translation>„%1“ nennt sowohl ein Extra als auch eine Gruppe</translation>
    </message>
    <message>
        <source>“%1” names several sources, and one of them applies everywhere</source>
        <translation>„%1“ nennt mehrere Quellen, und eine davon gilt überall</translation>
    </message>
    <message>
        <source>“%1” nests tables deeper than %2 levels</source>
        <translation>„%1“ verschachtelt Tabellen tiefer als %2 Ebenen</translation>
    </message>
    <message>
        <source>“%1” of [tool.uv.pip] has no effect here</source>
        <translation>„%1“ in [tool.uv.pip] wirkt hier nicht</translation>
    </message>
    <message>
        <source>“%1” of [tool.uv] has no effect here</source>
        <translation>„%1“ in [tool.uv] wirkt hier nicht</translation>
    </message>
    <message>
        <source>“%1” stands there twice</source>
        <translation>„%1“ steht zweimal da</translation>
    </message>
    <message>
        <source>“%1” takes effect in a build only</source>
        <translation>„%1“ wirkt nur bei einem Build</translation>
    </message>
    <message>
        <source>“default-groups” names the group “%1”, which does not exist</source>
        <translation>„default-groups“ nennt die Gruppe „%1“, die es nicht gibt</translation>
    </message>
    <message>
        <source>“name” cannot be dynamic</source>
        <translation>„name“ kann nicht dynamisch sein</translation>
    </message>
    <message>
        <source>“project” is no table</source>
        <translation>„project“ ist keine Tabelle</translation>
    </message>
    <message>
        <source>“workspace” can only be true in a source</source>
        <translation>„workspace“ kann in einer Quelle nur true sein</translation>
    </message>
</context>
<context>
    <name>python</name>
    <message>
        <source>%1 %2 at %3: %4</source>
        <translation>%1 %2 in %3: %4</translation>
    </message>
    <message>
        <source>%1: another version</source>
        <translation>%1: eine andere Version</translation>
    </message>
    <message>
        <source>Found:
%1</source>
        <translation>Gefunden:
%1</translation>
    </message>
    <message>
        <source>Install a Python that fits</source>
        <translation>Installieren Sie ein passendes Python</translation>
    </message>
    <message>
        <source>Left out: %1</source>
        <translation>Ausgelassen: %1</translation>
    </message>
    <message>
        <source>No Python was found</source>
        <translation>Kein Python wurde gefunden</translation>
    </message>
    <message>
        <source>No Python was found that fits the project, which needs %1</source>
        <translation>Kein Python wurde gefunden, das zum Projekt passt; es braucht %1</translation>
    </message>
    <message>
        <source>No Python was found that is “%1”</source>
        <translation>Kein Python wurde gefunden, das „%1“ ist</translation>
    </message>
    <message>
        <source>No Python was found that is “%1” and fits the project, which needs %2</source>
        <translation>Kein Python wurde gefunden, das „%1“ ist und zum Projekt passt; es braucht %2</translation>
    </message>
    <message>
        <source>Nothing like a Python lies on PATH, in pyenv, conda or uv</source>
        <translation>Nichts wie ein Python liegt in PATH, pyenv, conda oder uv</translation>
    </message>
    <message>
        <source>Set UV_PYTHON to the path of a Python</source>
        <translation>Setzen Sie UV_PYTHON auf den Pfad eines Python</translation>
    </message>
    <message>
        <source>The folder “%1” holds no Python</source>
        <translation>Der Ordner „%1“ enthält kein Python</translation>
    </message>
    <message>
        <source>There is no Python “%1” on PATH</source>
        <translation>Es gibt kein Python „%1“ in PATH</translation>
    </message>
    <message>
        <source>Write a version such as 3.12, a range such as &gt;=3.11, or the path of a Python</source>
        <translation>Schreiben Sie eine Version wie 3.12, einen Bereich wie &gt;=3.11 oder den Pfad eines Python</translation>
    </message>
    <message>
        <source>belongs to a virtual environment</source>
        <translation>gehört zu einer virtuellen Umgebung</translation>
    </message>
    <message>
        <source>not %1</source>
        <translation>nicht %1</translation>
    </message>
    <message>
        <source>the project needs %1</source>
        <translation>das Projekt braucht %1</translation>
    </message>
    <message>
        <source>“%1” belongs to pyenv, which has no version selected for it</source>
        <translation>„%1“ gehört zu pyenv, das keine Version dafür gewählt hat</translation>
    </message>
    <message>
        <source>“%1” crashed when it was asked for its version (signal %2)</source>
        <translation>„%1“ ist abgestürzt, als es nach seiner Version gefragt wurde (Signal %2)</translation>
    </message>
    <message>
        <source>“%1” did not answer within %2 seconds</source>
        <translation>„%1“ hat binnen %2 Sekunden nicht geantwortet</translation>
    </message>
    <message>
        <source>“%1” is Python %2, but the project needs %3</source>
        <translation>„%1“ ist Python %2, aber das Projekt braucht %3</translation>
    </message>
    <message>
        <source>“%1” is Python %2; 3.6 is the oldest that can be used</source>
        <translation>„%1“ ist Python %2; 3.6 ist das älteste, das verwendet werden kann</translation>
    </message>
    <message>
        <source>“%1” is no Python that works: it ended with status %2</source>
        <translation>„%1“ ist kein funktionierendes Python: Es endete mit Status %2</translation>
    </message>
    <message>
        <source>“%1” is no Python: its answer cannot be understood</source>
        <translation>„%1“ ist kein Python: Seine Antwort ist nicht zu verstehen</translation>
    </message>
    <message>
        <source>“%1” is older than Python 3.6</source>
        <translation>„%1“ ist älter als Python 3.6</translation>
    </message>
    <message>
        <source>“%1” names no Python</source>
        <translation>„%1“ nennt kein Python</translation>
    </message>
</context>
<context>
    <name>requirements</name>
    <message>
        <source>A package, path or URL is missing</source>
        <translation>Ein Paket, Pfad oder eine URL fehlt</translation>
    </message>
    <message>
        <source>The list of extras after “[” has no “]” at its end</source>
        <translation>Die Liste der Extras nach „[“ hat kein „]“ am Ende</translation>
    </message>
    <message>
        <source>The requirement “%1” ends where %2 is needed</source>
        <translation>Die Anforderung „%1“ endet, wo %2 gebraucht wird</translation>
    </message>
    <message>
        <source>This line cannot be read with the value of %1</source>
        <translation>Diese Zeile kann mit dem Wert von %1 nicht gelesen werden</translation>
    </message>
    <message>
        <source>a URL or path</source>
        <translation>eine URL oder ein Pfad</translation>
    </message>
    <message>
        <source>a version specifier, “@”, “;” or the end</source>
        <translation>eine Versionsangabe, „@“, „;“ oder das Ende</translation>
    </message>
    <message>
        <source>the name of a package</source>
        <translation>der Name eines Pakets</translation>
    </message>
    <message>
        <source>the name of an extra</source>
        <translation>der Name eines Extras</translation>
    </message>
    <message>
        <source>“%1” follows an option, where only a further option can stand</source>
        <translation>„%1“ folgt auf eine Option, wo nur eine weitere Option stehen kann</translation>
    </message>
    <message>
        <source>“%1” has characters that are none</source>
        <translation>„%1“ enthält Zeichen, die keine sind</translation>
    </message>
    <message>
        <source>“%1” has no effect here</source>
        <translation>„%1“ wirkt hier nicht</translation>
    </message>
    <message>
        <source>“%1” includes itself: %2</source>
        <translation>„%1“ schließt sich selbst ein: %2</translation>
    </message>
    <message>
        <source>“%1” is not a URL</source>
        <translation>„%1“ ist keine URL</translation>
    </message>
    <message>
        <source>“%1” is not a hash: it should look like “sha256:2c26b4…”</source>
        <translation>„%1“ ist kein Hashwert: Er sollte aussehen wie „sha256:2c26b4…“</translation>
    </message>
    <message>
        <source>“%1” is not an option of requirements files</source>
        <translation>„%1“ ist keine Option von Requirements-Dateien</translation>
    </message>
    <message>
        <source>“%1” is not an option of requirements files; did you mean “%2”?</source>
        <translation>„%1“ ist keine Option von Requirements-Dateien; meinten Sie „%2“?</translation>
    </message>
    <message>
        <source>“%1” needs a value</source>
        <translation>„%1“ braucht einen Wert</translation>
    </message>
    <message>
        <source>“%1” stands behind a requirement, where only “--hash” is possible</source>
        <translation>„%1“ steht hinter einer Anforderung, wo nur „--hash“ möglich ist</translation>
    </message>
    <message>
        <source>“%1” stands where %2 is needed</source>
        <translation>„%1“ steht, wo %2 gebraucht wird</translation>
    </message>
    <message>
        <source>“(” has no “)” that ends the version specifiers</source>
        <translation>„(“ hat kein „)“, das die Versionsangaben beendet</translation>
    </message>
    <message>
        <source>“,” or “]”</source>
        <translation>„,“ oder „]“</translation>
    </message>
</context>
<context>
    <name>resolve</name>
    <message>
        <source>%1 %2, which no version can be</source>
        <translation>%1 %2, was keine Version sein kann</translation>
    </message>
    <message>
        <source>%1 (your constraint)</source>
        <translation>%1 (Ihre Einschränkung)</translation>
    </message>
    <message>
        <source>%1 (your override)</source>
        <translation>%1 (Ihre Überschreibung)</translation>
    </message>
    <message>
        <source>%1 can be used</source>
        <translation>%1 kann verwendet werden</translation>
    </message>
    <message>
        <source>%1 cannot be read (%2)</source>
        <translation>%1 kann nicht gelesen werden (%2)</translation>
    </message>
    <message>
        <source>%1 cannot be used</source>
        <translation>%1 kann nicht verwendet werden</translation>
    </message>
    <message>
        <source>%1 comes in a form that is not supported (%2)</source>
        <translation>%1 kommt in einer Form, die nicht unterstützt wird (%2)</translation>
    </message>
    <message>
        <source>%1 exclude each other</source>
        <translation>%1 schließen einander aus</translation>
    </message>
    <message>
        <source>%1 has no usable file but wheels, which are turned off</source>
        <translation>%1 hat nur Wheels als verwendbare Dateien, und die sind ausgeschaltet</translation>
    </message>
    <message>
        <source>%1 has no wheel for %2</source>
        <translation>%1 hat kein Wheel für %2</translation>
    </message>
    <message>
        <source>%1 has no wheel for the Pythons of the project (%2)</source>
        <translation>%1 hat kein Wheel für die Python-Versionen des Projekts (%2)</translation>
    </message>
    <message>
        <source>%1 has no wheel for this Python (%2)</source>
        <translation>%1 hat kein Wheel für dieses Python (%2)</translation>
    </message>
    <message>
        <source>%1 has no wheel for this Python's ABI (%2)</source>
        <translation>%1 hat kein Wheel für die ABI dieses Python (%2)</translation>
    </message>
    <message>
        <source>%1 has no wheel for this platform (%2)</source>
        <translation>%1 hat kein Wheel für diese Plattform (%2)</translation>
    </message>
    <message>
        <source>%1 is newer than the cut-off date</source>
        <translation>%1 ist neuer als der Stichtag</translation>
    </message>
    <message>
        <source>%1 needs %2</source>
        <translation>%1 braucht %2</translation>
    </message>
    <message>
        <source>%1 needs %2, which no version can be</source>
        <translation>%1 braucht %2, was keine Version sein kann</translation>
    </message>
    <message>
        <source>%1 was yanked by its authors</source>
        <translation>%1 wurde von den Autoren zurückgezogen</translation>
    </message>
    <message>
        <source>%1 was yanked by its authors (%2)</source>
        <translation>%1 wurde von den Autoren zurückgezogen (%2)</translation>
    </message>
    <message>
        <source>Add “%1 @ %2” to your requirements</source>
        <translation>Fügen Sie „%1 @ %2“ zu Ihren Anforderungen hinzu</translation>
    </message>
    <message>
        <source>Add “%1” to the dependencies with this place in tool.uv.sources</source>
        <translation>Fügen Sie „%1“ mit diesem Ort in tool.uv.sources zu den Abhängigkeiten hinzu</translation>
    </message>
    <message>
        <source>Allow pre-releases: “%1” has %2 (--prerelease=allow)</source>
        <translation>Erlauben Sie Vorabversionen: „%1“ hat %2 (--prerelease=allow)</translation>
    </message>
    <message>
        <source>And because %1, %2</source>
        <translation>Und weil gilt: %1, folgt: %2</translation>
    </message>
    <message>
        <source>Ask for any version of “%1”</source>
        <translation>Verlangen Sie „%1“ in beliebiger Version</translation>
    </message>
    <message>
        <source>Because %1, %2</source>
        <translation>Weil gilt: %1, folgt: %2</translation>
    </message>
    <message>
        <source>Check the address and the login of %1: when asked for “%2” it answered with status %3</source>
        <translation>Prüfen Sie die Adresse und die Anmeldung von %1: Auf die Frage nach „%2“ kam Status %3</translation>
    </message>
    <message>
        <source>Choose a version of “%1” with a wheel: building from source is off</source>
        <translation>Wählen Sie eine Version von „%1“ mit einem Wheel: Das Bauen aus Quellen ist ausgeschaltet</translation>
    </message>
    <message>
        <source>Declare that %1 and %2 exclude each other</source>
        <translation>Erklären Sie, dass %1 und %2 einander ausschließen</translation>
    </message>
    <message>
        <source>Everything is to be upgraded</source>
        <translation>Alles soll aktualisiert werden</translation>
    </message>
    <message>
        <source>If %1 does not have “%2”, let it say so: it answered with status %3, which ignore-error-codes of the index can name; then the next index is asked</source>
        <translation>Wenn %1 „%2“ nicht hat, lassen Sie es das sagen: Es kam Status %3, den ignore-error-codes des Index nennen kann; dann wird der nächste Index gefragt</translation>
    </message>
    <message>
        <source>Limit the entries of tool.uv.sources by markers that exclude each other, or declare the extras as conflicts</source>
        <translation>Begrenzen Sie die Einträge von tool.uv.sources durch Marker, die einander ausschließen, oder erklären Sie die Extras für unvereinbar</translation>
    </message>
    <message>
        <source>Limit the project to computers with %1 (environments)</source>
        <translation>Begrenzen Sie das Projekt auf Computer mit %1 (environments)</translation>
    </message>
    <message>
        <source>Move the cut-off date: “%1” %2 was uploaded on %3, and files from %4 on are left out</source>
        <translation>Verschieben Sie den Stichtag: „%1“ %2 wurde am %3 hochgeladen, und Dateien ab %4 bleiben weg</translation>
    </message>
    <message>
        <source>Name an index: all indexes are turned off</source>
        <translation>Nennen Sie einen Index: Alle Indizes sind ausgeschaltet</translation>
    </message>
    <message>
        <source>No version of %1 is both %2 and %3</source>
        <translation>Keine Version von %1 ist zugleich %2 und %3</translation>
    </message>
    <message>
        <source>Reading versions: %1</source>
        <translation>Versionen werden gelesen: %1</translation>
    </message>
    <message>
        <source>Reading what it needs: %1 %2</source>
        <translation>Es wird gelesen, was es braucht: %1 %2</translation>
    </message>
    <message>
        <source>Reading what “%1” needs, which is asked for by %2</source>
        <translation>Beim Lesen, was „%1“ braucht; verlangt wird es von %2</translation>
    </message>
    <message>
        <source>Search all indexes, if you trust them equally: “%1” was found on %2, so %3 was not asked (--index-strategy unsafe-best-match)</source>
        <translation>Suchen Sie in allen Indizes, wenn Sie ihnen gleich vertrauen: „%1“ wurde auf %2 gefunden, daher wurde %3 nicht gefragt (--index-strategy unsafe-best-match)</translation>
    </message>
    <message>
        <source>Set requires-python to “%1”</source>
        <translation>Setzen Sie requires-python auf „%1“</translation>
    </message>
    <message>
        <source>So %1</source>
        <translation>Also gilt: %1</translation>
    </message>
    <message>
        <source>Some packages are to be upgraded</source>
        <translation>Einige Pakete sollen aktualisiert werden</translation>
    </message>
    <message>
        <source>Take “%1” from %2</source>
        <translation>Nehmen Sie „%1“ aus %2</translation>
    </message>
    <message>
        <source>The forks of the lock are not those that the project needs</source>
        <translation>Die Zweige der Sperrdatei sind nicht die, die das Projekt braucht</translation>
    </message>
    <message>
        <source>The groups of the workspace ask for other packages</source>
        <translation>Die Gruppen des Workspace verlangen andere Pakete</translation>
    </message>
    <message>
        <source>The indexes are to be asked again</source>
        <translation>Die Indexe sollen neu gefragt werden</translation>
    </message>
    <message>
        <source>The project asks for other versions: highest or lowest</source>
        <translation>Das Projekt verlangt andere Versionen: höchste oder niedrigste</translation>
    </message>
    <message>
        <source>The project declares other conflicts</source>
        <translation>Das Projekt erklärt andere Unvereinbarkeiten</translation>
    </message>
    <message>
        <source>The project excludes other packages</source>
        <translation>Das Projekt schließt andere Pakete aus</translation>
    </message>
    <message>
        <source>The project has another cut-off date (exclude-newer)</source>
        <translation>Das Projekt hat einen anderen Stichtag (exclude-newer)</translation>
    </message>
    <message>
        <source>The project has another fork strategy</source>
        <translation>Das Projekt verzweigt nach anderer Regel</translation>
    </message>
    <message>
        <source>The project has other constraints</source>
        <translation>Das Projekt hat andere Einschränkungen</translation>
    </message>
    <message>
        <source>The project has other constraints for builds</source>
        <translation>Das Projekt hat andere Einschränkungen für das Bauen</translation>
    </message>
    <message>
        <source>The project has other overrides</source>
        <translation>Das Projekt hat andere Überschreibungen</translation>
    </message>
    <message>
        <source>The project has other rules for pre-releases</source>
        <translation>Das Projekt hat andere Regeln für Vorabversionen</translation>
    </message>
    <message>
        <source>The project is for other Pythons: %1 now, %2 in the lock</source>
        <translation>Das Projekt ist für andere Python-Versionen: jetzt %1, in der Sperrdatei %2</translation>
    </message>
    <message>
        <source>The project is for other environments</source>
        <translation>Das Projekt ist für andere Umgebungen</translation>
    </message>
    <message>
        <source>The project requires other environments</source>
        <translation>Das Projekt verlangt andere Umgebungen</translation>
    </message>
    <message>
        <source>The project states other metadata for packages</source>
        <translation>Das Projekt gibt andere Metadaten für Pakete an</translation>
    </message>
    <message>
        <source>The workspace has other members</source>
        <translation>Der Workspace hat andere Mitglieder</translation>
    </message>
    <message>
        <source>Trying a way out: %1</source>
        <translation>Ein Ausweg wird versucht: %1</translation>
    </message>
    <message>
        <source>Use another Python: %1</source>
        <translation>Verwenden Sie ein anderes Python: %1</translation>
    </message>
    <message>
        <source>Write it like 2026-01-31 or 7 days</source>
        <translation>Schreiben Sie es wie 2026-01-31 oder 7 days</translation>
    </message>
    <message>
        <source>another version of itself (%1)</source>
        <translation>eine andere Version seiner selbst (%1)</translation>
    </message>
    <message>
        <source>each of %1</source>
        <translation>jedes von %1</translation>
    </message>
    <message>
        <source>each of %1 versions of %2</source>
        <translation>jede von %1 Versionen von %2</translation>
    </message>
    <message>
        <source>every %1</source>
        <translation>jedes %1</translation>
    </message>
    <message>
        <source>every version of %1</source>
        <translation>jede Version von %1</translation>
    </message>
    <message>
        <source>from %1 on</source>
        <translation>ab %1</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>von %1 bis %2</translation>
    </message>
    <message>
        <source>no %1</source>
        <translation>kein %1</translation>
    </message>
    <message>
        <source>no index has %1</source>
        <translation>kein Index hat %1</translation>
    </message>
    <message>
        <source>no version of %1</source>
        <translation>keine Version von %1</translation>
    </message>
    <message>
        <source>none of %1</source>
        <translation>keines von %1</translation>
    </message>
    <message>
        <source>none of %1 versions of %2</source>
        <translation>keine von %1 Versionen von %2</translation>
    </message>
    <message>
        <source>only one %1 can be in use</source>
        <translation>nur ein %1 kann in Gebrauch sein</translation>
    </message>
    <message>
        <source>or</source>
        <translation>oder</translation>
    </message>
    <message>
        <source>other than %1</source>
        <translation>anders als %1</translation>
    </message>
    <message>
        <source>the extra “%1” of “%2”</source>
        <translation>das Extra „%1“ von „%2“</translation>
    </message>
    <message>
        <source>the group “%1” of “%2”</source>
        <translation>die Gruppe „%1“ von „%2“</translation>
    </message>
    <message>
        <source>the newest stable version of %1 is %2</source>
        <translation>die neueste stabile Version von %1 ist %2</translation>
    </message>
    <message>
        <source>the newest version of %1 is %2</source>
        <translation>die neueste Version von %1 ist %2</translation>
    </message>
    <message>
        <source>the oldest stable version of %1 is %2</source>
        <translation>die älteste stabile Version von %1 ist %2</translation>
    </message>
    <message>
        <source>the oldest version of %1 is %2</source>
        <translation>die älteste Version von %1 ist %2</translation>
    </message>
    <message>
        <source>the only stable version of %1 is %2</source>
        <translation>die einzige stabile Version von %1 ist %2</translation>
    </message>
    <message>
        <source>the only version of %1 is %2</source>
        <translation>die einzige Version von %1 ist %2</translation>
    </message>
    <message>
        <source>the project is for Python %1</source>
        <translation>das Projekt ist für Python %1</translation>
    </message>
    <message>
        <source>there is no %1 %2</source>
        <translation>es gibt kein %1 %2</translation>
    </message>
    <message>
        <source>there is no index to find %1 on</source>
        <translation>es gibt keinen Index, in dem %1 zu finden wäre</translation>
    </message>
    <message>
        <source>there is no version of %1</source>
        <translation>es gibt keine Version von %1</translation>
    </message>
    <message>
        <source>there is no version of %1 that is %2</source>
        <translation>es gibt keine Version von %1, die %2 ist</translation>
    </message>
    <message>
        <source>this is Python %1</source>
        <translation>dies ist Python %1</translation>
    </message>
    <message>
        <source>together with</source>
        <translation>zusammen mit</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>with</source>
        <translation>mit</translation>
    </message>
    <message>
        <source>with building off %1 has no usable file</source>
        <translation>ohne Bauen hat %1 keine verwendbare Datei</translation>
    </message>
    <message>
        <source>you ask for %1</source>
        <translation>Sie verlangen %1</translation>
    </message>
    <message>
        <source>your requirements cannot be met</source>
        <translation>Ihre Anforderungen sind nicht zu erfüllen</translation>
    </message>
    <message>
        <source>your requirements need %1</source>
        <translation>Ihre Anforderungen brauchen %1</translation>
    </message>
    <message>
        <source>your requirements rule out %1</source>
        <translation>Ihre Anforderungen schließen %1 aus</translation>
    </message>
    <message>
        <source>“%1” %2 has no extra named “%3”</source>
        <translation>„%1“ %2 hat kein Extra namens „%3“</translation>
    </message>
    <message>
        <source>“%1” %2 has wheels for these ABIs: %3</source>
        <translation>„%1“ %2 hat Wheels für diese ABIs: %3</translation>
    </message>
    <message>
        <source>“%1” %2 has wheels for these Pythons: %3</source>
        <translation>„%1“ %2 hat Wheels für diese Python-Versionen: %3</translation>
    </message>
    <message>
        <source>“%1” %2 has wheels for these platforms: %3</source>
        <translation>„%1“ %2 hat Wheels für diese Plattformen: %3</translation>
    </message>
    <message>
        <source>“%1” %2 was yanked by its authors</source>
        <translation>„%1“ %2 wurde von den Autoren zurückgezogen</translation>
    </message>
    <message>
        <source>“%1” %2 was yanked by its authors: %3</source>
        <translation>„%1“ %2 wurde von den Autoren zurückgezogen: %3</translation>
    </message>
    <message>
        <source>“%1” asks for other packages than before</source>
        <translation>„%1“ verlangt andere Pakete als zuvor</translation>
    </message>
    <message>
        <source>“%1” calls itself %2 %3</source>
        <translation>„%1“ nennt sich selbst %2 %3</translation>
    </message>
    <message>
        <source>“%1” comes from an index that the project does not use any more</source>
        <translation>„%1“ kommt aus einem Index, den das Projekt nicht mehr verwendet</translation>
    </message>
    <message>
        <source>“%1” is asked for at two addresses: %2 and %3</source>
        <translation>„%1“ wird an zwei Adressen verlangt: %2 und %3</translation>
    </message>
    <message>
        <source>“%1” is asked for at two places: %2 and %3</source>
        <translation>„%1“ wird an zwei Orten verlangt: %2 und %3</translation>
    </message>
    <message>
        <source>“%1” is asked for without a lower bound, so its oldest version was chosen</source>
        <translation>„%1“ wird ohne untere Grenze verlangt, daher wurde die älteste Version gewählt</translation>
    </message>
    <message>
        <source>“%1” is needed from a place of its own, %2, which the project does not name</source>
        <translation>„%1“ wird von einem eigenen Ort gebraucht, %2, den das Projekt nicht nennt</translation>
    </message>
    <message>
        <source>“%1” is needed from an address of its own, %2, which you did not ask for</source>
        <translation>„%1“ wird von einer eigenen Adresse gebraucht, %2, die Sie nicht verlangt haben</translation>
    </message>
    <message>
        <source>“%1” is neither a date nor a span of time</source>
        <translation>„%1“ ist weder ein Datum noch eine Zeitspanne</translation>
    </message>
    <message>
        <source>“%1” is to come from two indexes: %2 and %3</source>
        <translation>„%1“ soll aus zwei Indizes kommen: %2 und %3</translation>
    </message>
    <message>
        <source>“%1” needs itself in another version, which is most likely a mistake of its authors</source>
        <translation>„%1“ braucht sich selbst in einer anderen Version, wohl ein Fehler der Autoren</translation>
    </message>
    <message>
        <source>… %1 more steps …</source>
        <translation>… %1 weitere Schritte …</translation>
    </message>
</context>
<context>
    <name>sconce::ui::ActionRegistry</name>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
</context>
<context>
    <name>sconce::ui::ActivityDock</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Vorgänge</translation>
    </message>
    <message>
        <source>Cancel Job</source>
        <translation>Vorgang abbrechen</translation>
    </message>
    <message>
        <source>Copy Log</source>
        <translation>Protokoll kopieren</translation>
    </message>
    <message>
        <source>Hide Activity</source>
        <translation>Vorgänge ausblenden</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Vorgänge</translation>
    </message>
    <message>
        <source>Log of the selected job</source>
        <translation>Protokoll des gewählten Vorgangs</translation>
    </message>
    <message>
        <source>No job is selected</source>
        <translation>Kein Vorgang ist gewählt</translation>
    </message>
    <message>
        <source>Show All Items</source>
        <translation>Alle Einträge zeigen</translation>
    </message>
    <message>
        <source>The log is empty</source>
        <translation>Das Protokoll ist leer</translation>
    </message>
    <message>
        <source>The selected job had nothing to say</source>
        <translation>Der gewählte Vorgang hatte nichts mitzuteilen</translation>
    </message>
    <message>
        <source>The selected job has not said anything yet</source>
        <translation>Der gewählte Vorgang hat noch nichts gemeldet</translation>
    </message>
    <message>
        <source>“%1” has ended already</source>
        <translation>„%1“ ist schon beendet</translation>
    </message>
    <message>
        <source>“%1” is being cancelled</source>
        <translation>„%1“ wird abgebrochen</translation>
    </message>
</context>
<context>
    <name>sconce::ui::BackendCard</name>
    <message>
        <source>%1, as the variable UV_TORCH_BACKEND asks</source>
        <translation>%1, wie die Variable UV_TORCH_BACKEND es verlangt</translation>
    </message>
    <message numerus="yes">
        <source>%n more that work here</source>
        <translation>
            <numerusform>%Ln weiteres Paket, das hier läuft</numerusform>
            <numerusform>%Ln weitere, die hier laufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n that do not fit this computer</source>
        <translation>
            <numerusform>%Ln, das nicht zu diesem Computer passt</numerusform>
            <numerusform>%Ln, die nicht zu diesem Computer passen</numerusform>
        </translation>
    </message>
    <message>
        <source>As the project says</source>
        <translation>Wie das Projekt es sagt</translation>
    </message>
    <message>
        <source>Declared</source>
        <translation>Festgelegt</translation>
    </message>
    <message>
        <source>Does not fit</source>
        <translation>Passt nicht</translation>
    </message>
    <message>
        <source>GPU support</source>
        <translation>GPU-Unterstützung</translation>
    </message>
    <message>
        <source>Not needed: this project does not use PyTorch</source>
        <translation>Nicht nötig: Dieses Projekt verwendet PyTorch nicht</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>Empfohlen</translation>
    </message>
    <message>
        <source>The plan is being carried out</source>
        <translation>Der Plan wird ausgeführt</translation>
    </message>
    <message>
        <source>The project names the package sources of PyTorch itself, and they are kept.</source>
        <translation>Das Projekt nennt die Paketquellen von PyTorch selbst, und dabei bleibt es.</translation>
    </message>
    <message>
        <source>Unknown, because this computer could not be looked at</source>
        <translation>Unbekannt, weil dieser Computer nicht untersucht werden konnte</translation>
    </message>
    <message>
        <source>Waiting for the facts about this computer</source>
        <translation>Wartet auf die Angaben zu diesem Computer</translation>
    </message>
    <message>
        <source>With a caveat</source>
        <translation>Mit Einschränkung</translation>
    </message>
</context>
<context>
    <name>sconce::ui::Card</name>
    <message>
        <source>Did not work</source>
        <translation>Hat nicht geklappt</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>Bitte ansehen</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Noch nicht</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>In Arbeit</translation>
    </message>
</context>
<context>
    <name>sconce::ui::CheckCard</name>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Running PyTorch in the environment…</source>
        <translation>PyTorch läuft in der Umgebung…</translation>
    </message>
    <message>
        <source>Runs by itself after the plan was applied</source>
        <translation>Läuft von selbst, sobald der Plan ausgeführt ist</translation>
    </message>
    <message>
        <source>Show Steps</source>
        <translation>Schritte anzeigen</translation>
    </message>
</context>
<context>
    <name>sconce::ui::CheckPage</name>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Copy Report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Nothing was checked yet</source>
        <translation>Noch wurde nichts geprüft</translation>
    </message>
    <message>
        <source>Nothing was checked yet. A check runs a small computation with PyTorch in the environment and compares the result.</source>
        <translation>Noch wurde nichts geprüft. Eine Prüfung lässt PyTorch in der Umgebung eine kleine Rechnung ausführen und vergleicht das Ergebnis.</translation>
    </message>
    <message>
        <source>Open a project to check its environment</source>
        <translation>Öffnen Sie ein Projekt, um seine Umgebung zu prüfen</translation>
    </message>
    <message>
        <source>Progress of the check</source>
        <translation>Fortschritt der Prüfung</translation>
    </message>
    <message>
        <source>Running PyTorch in a process of its own…</source>
        <translation>PyTorch läuft in einem eigenen Prozess…</translation>
    </message>
    <message>
        <source>Steps of the check</source>
        <translation>Schritte der Prüfung</translation>
    </message>
    <message>
        <source>The check was cancelled</source>
        <translation>Die Prüfung wurde abgebrochen</translation>
    </message>
</context>
<context>
    <name>sconce::ui::CommandPalette</name>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Type a command</source>
        <translation>Befehl eingeben</translation>
    </message>
</context>
<context>
    <name>sconce::ui::ComputerCard</name>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Compute capability</source>
        <translation>Compute Capability</translation>
    </message>
    <message>
        <source>Copy What Was Looked At</source>
        <translation>Alles Untersuchte kopieren</translation>
    </message>
    <message>
        <source>Could not be looked at</source>
        <translation>Konnte nicht angesehen werden</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>Treiber</translation>
    </message>
    <message>
        <source>Facts about this computer</source>
        <translation>Angaben zu diesem Computer</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>Look Again</source>
        <translation>Erneut suchen</translation>
    </message>
    <message>
        <source>Looking for GPUs already</source>
        <translation>GPUs werden schon gesucht</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Nothing was looked at yet</source>
        <translation>Noch wurde nichts untersucht</translation>
    </message>
    <message>
        <source>PCI address</source>
        <translation>PCI-Adresse</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>read from %1</source>
        <translation>gelesen aus %1</translation>
    </message>
</context>
<context>
    <name>sconce::ui::ConflictFixes</name>
    <message numerus="yes">
        <source>%n change(s) of the project were tried and work</source>
        <translation>
            <numerusform>%Ln Änderung des Projekts wurde ausprobiert und hilft</numerusform>
            <numerusform>%Ln Änderungen des Projekts wurden ausprobiert und helfen</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy what to write: %1</source>
        <translation>Kopieren, was zu schreiben ist: %1</translation>
    </message>
    <message>
        <source>Show Plan…</source>
        <translation>Plan zeigen …</translation>
    </message>
    <message>
        <source>Show the plan with this change: %1</source>
        <translation>Den Plan mit dieser Änderung zeigen: %1</translation>
    </message>
    <message>
        <source>The file is laid out in a way that has to be changed by hand:</source>
        <translation>So, wie die Datei aufgebaut ist, muss das von Hand geändert werden:</translation>
    </message>
    <message>
        <source>Then it is %1</source>
        <translation>Dann ist es %1</translation>
    </message>
</context>
<context>
    <name>sconce::ui::ConflictPicture</name>
    <message>
        <source>How the requirements collide at %1</source>
        <translation>Wie die Anforderungen bei %1 zusammenstoßen</translation>
    </message>
    <message>
        <source>needs %1</source>
        <translation>braucht %1</translation>
    </message>
</context>
<context>
    <name>sconce::ui::InlineMessage</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
</context>
<context>
    <name>sconce::ui::JobModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1, step %2 of %3</source>
        <translation>%1, Schritt %2 von %3</translation>
    </message>
    <message>
        <source>Cancelled, nothing was changed</source>
        <translation>Abgebrochen, nichts wurde geändert</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Wird abgebrochen…</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Did not work</source>
        <translation>Hat nicht geklappt</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Vorgang</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
</context>
<context>
    <name>sconce::ui::MainWindow</name>
    <message>
        <source>%1 — Sconce</source>
        <comment>project</comment>
        <translation>%1 — Sconce</translation>
    </message>
    <message>
        <source>&amp;About Sconce</source>
        <translation>Ü&amp;ber Sconce</translation>
    </message>
    <message>
        <source>&amp;Activity</source>
        <translation>&amp;Vorgänge</translation>
    </message>
    <message>
        <source>&amp;Close Window</source>
        <translation>Fenster &amp;schließen</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Find a Command…</source>
        <translation>Befehl &amp;finden…</translation>
    </message>
    <message>
        <source>&amp;Full Screen</source>
        <translation>Voll&amp;bild</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Look for GPUs Again</source>
        <translation>Erneut nach &amp;GPUs suchen</translation>
    </message>
    <message>
        <source>&amp;Next Area</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>&amp;Open Folder…</source>
        <translation>&amp;Ordner öffnen…</translation>
    </message>
    <message>
        <source>&amp;Previous Area</source>
        <translation>V&amp;origer Bereich</translation>
    </message>
    <message>
        <source>&amp;Project</source>
        <translation>&amp;Projekt</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Read Again</source>
        <translation>Neu &amp;lesen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>About Sconce</source>
        <translation>Über Sconce</translation>
    </message>
    <message>
        <source>Appearan&amp;ce</source>
        <translation>&amp;Darstellung</translation>
    </message>
    <message>
        <source>Cancel Set-Up and Close</source>
        <translation>Einrichtung abbrechen und schließen</translation>
    </message>
    <message>
        <source>Cancelling leaves the environment as it was before.</source>
        <translation>Abbrechen lässt die Umgebung, wie sie vorher war.</translation>
    </message>
    <message>
        <source>Check &amp;Now</source>
        <translation>Jetzt &amp;prüfen</translation>
    </message>
    <message>
        <source>Environments for PyTorch projects: from a folder to a computation on your GPU. Licence: Apache 2.0.</source>
        <translation>Umgebungen für PyTorch-Projekte: vom Ordner bis zur Rechnung auf Ihrer GPU. Lizenz: Apache 2.0.</translation>
    </message>
    <message>
        <source>Keep Running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Like the &amp;System</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation>Kein Projekt ist geöffnet</translation>
    </message>
    <message>
        <source>Open a Project Folder</source>
        <translation>Projektordner öffnen</translation>
    </message>
    <message>
        <source>Open the &amp;Sample Project</source>
        <translation>Beispiel&amp;projekt öffnen</translation>
    </message>
    <message>
        <source>Sconce</source>
        <translation>Sconce</translation>
    </message>
    <message>
        <source>Sconce %1</source>
        <translation>Sconce %1</translation>
    </message>
    <message>
        <source>The environment is being checked</source>
        <translation>Die Umgebung wird geprüft</translation>
    </message>
    <message>
        <source>The plan is being carried out</source>
        <translation>Der Plan wird ausgeführt</translation>
    </message>
    <message>
        <source>The project could not be read yet</source>
        <translation>Das Projekt konnte noch nicht gelesen werden</translation>
    </message>
    <message>
        <source>“%1” is still being set up</source>
        <translation>„%1“ wird noch eingerichtet</translation>
    </message>
</context>
<context>
    <name>sconce::ui::PackageModel</name>
    <message>
        <source>Another version wanted</source>
        <translation>Andere Version gewünscht</translation>
    </message>
    <message>
        <source>As wanted</source>
        <translation>Wie gewünscht</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installiert</translation>
    </message>
    <message>
        <source>Not asked for</source>
        <translation>Nicht verlangt</translation>
    </message>
    <message>
        <source>Not installed yet</source>
        <translation>Noch nicht installiert</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>Paket</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Wanted</source>
        <translation>Gewünscht</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>asked for in %1</source>
        <translation>verlangt in %1</translation>
    </message>
    <message>
        <source>needed by %1</source>
        <translation>gebraucht von %1</translation>
    </message>
</context>
<context>
    <name>sconce::ui::PackagesPage</name>
    <message numerus="yes">
        <source>%n package(s)</source>
        <translation>
            <numerusform>%Ln Paket</numerusform>
            <numerusform>%Ln Pakete</numerusform>
        </translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Asked For</source>
        <translation>Verlangte</translation>
    </message>
    <message>
        <source>Find Package</source>
        <translation>Paket suchen</translation>
    </message>
    <message>
        <source>Nothing is installed, and the project asks for nothing</source>
        <translation>Nichts ist installiert, und das Projekt verlangt nichts</translation>
    </message>
    <message>
        <source>Only what is installed is shown: %1</source>
        <translation>Nur Installiertes wird gezeigt: %1</translation>
    </message>
    <message>
        <source>Only what is installed is shown: the wishes of the project cannot be met together</source>
        <translation>Nur Installiertes wird gezeigt: Die Wünsche des Projekts sind nicht miteinander vereinbar</translation>
    </message>
    <message>
        <source>Open a project to see its packages</source>
        <translation>Öffnen Sie ein Projekt, um seine Pakete zu sehen</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>Pakete</translation>
    </message>
    <message>
        <source>Search packages</source>
        <translation>Pakete suchen</translation>
    </message>
    <message>
        <source>Versions are being worked out…</source>
        <translation>Versionen werden ermittelt…</translation>
    </message>
</context>
<context>
    <name>sconce::ui::PageModel</name>
    <message>
        <source>%1 (Alt+%2)</source>
        <translation>%1 (Alt+%2)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>page: its state</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>Pakete</translation>
    </message>
    <message>
        <source>Set Up</source>
        <translation>Einrichten</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
</context>
<context>
    <name>sconce::ui::PlanCard</name>
    <message>
        <source>%1 · %2 of %3</source>
        <comment>what is done; how many of how many</comment>
        <translation>%1 · %2 von %3</translation>
    </message>
    <message>
        <source>Being cancelled</source>
        <translation>Wird abgebrochen</translation>
    </message>
    <message>
        <source>Being carried out</source>
        <translation>Wird ausgeführt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Could not be carried out, the environment is as before</source>
        <translation>Konnte nicht ausgeführt werden, die Umgebung ist wie zuvor</translation>
    </message>
    <message>
        <source>Could not be made</source>
        <translation>Konnte nicht erstellt werden</translation>
    </message>
    <message>
        <source>Facts behind the conflict</source>
        <translation>Tatsachen hinter dem Widerspruch</translation>
    </message>
    <message>
        <source>Leave This Change Out</source>
        <translation>Diese Änderung weglassen</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Progress of the plan</source>
        <translation>Fortschritt des Plans</translation>
    </message>
    <message>
        <source>Python %1 makes the environment.</source>
        <translation>Python %1 legt die Umgebung an.</translation>
    </message>
    <message>
        <source>Show the facts behind this</source>
        <translation>Die Tatsachen dahinter zeigen</translation>
    </message>
    <message>
        <source>The plan also changes the project: %1</source>
        <translation>Der Plan ändert auch das Projekt: %1</translation>
    </message>
    <message>
        <source>The wishes of the project cannot be met together</source>
        <translation>Die Wünsche des Projekts sind nicht miteinander vereinbar</translation>
    </message>
    <message>
        <source>Waiting for the facts above</source>
        <translation>Wartet auf die Angaben oben</translation>
    </message>
    <message>
        <source>Work Out Again</source>
        <translation>Neu ermitteln</translation>
    </message>
    <message>
        <source>Working out versions…</source>
        <translation>Versionen werden ermittelt…</translation>
    </message>
</context>
<context>
    <name>sconce::ui::PlanPackageModel</name>
    <message>
        <source>Do</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>Paket</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Auf</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Grund</translation>
    </message>
</context>
<context>
    <name>sconce::ui::PlanSheet</name>
    <message>
        <source>%1 free</source>
        <translation>%1 frei</translation>
    </message>
    <message numerus="yes">
        <source>%n package(s) stay as they are</source>
        <translation>
            <numerusform>%Ln Paket bleibt, wie es ist</numerusform>
            <numerusform>%Ln Pakete bleiben, wie sie sind</numerusform>
        </translation>
    </message>
    <message>
        <source>A new environment is made in %1 with Python %2 (%3)</source>
        <translation>In %1 wird eine neue Umgebung mit Python %2 angelegt (%3)</translation>
    </message>
    <message>
        <source>All %1</source>
        <translation>Alle %1</translation>
    </message>
    <message numerus="yes">
        <source>Apply %n Change(s)</source>
        <translation>
            <numerusform>%Ln Änderung ausführen</numerusform>
            <numerusform>%Ln Änderungen ausführen</numerusform>
        </translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Commands that do the same</source>
        <translation>Befehle, die dasselbe tun</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>Als Markdown kopieren</translation>
    </message>
    <message>
        <source>Filter packages</source>
        <translation>Pakete filtern</translation>
    </message>
    <message>
        <source>First tick that you understand what goes down or changes its backend</source>
        <translation>Bestätigen Sie zuerst, dass Sie wissen, was abwärts geht oder sein Backend wechselt</translation>
    </message>
    <message numerus="yes">
        <source>I understand that %n package(s) change to an older version or another backend</source>
        <translation>
            <numerusform>Ich weiß, dass %Ln Paket zu einer älteren Version oder einem anderen Backend wechselt</numerusform>
            <numerusform>Ich weiß, dass %Ln Pakete zu einer älteren Version oder einem anderen Backend wechseln</numerusform>
        </translation>
    </message>
    <message>
        <source>Make Environment</source>
        <translation>Umgebung anlegen</translation>
    </message>
    <message>
        <source>Packages of the plan</source>
        <translation>Pakete des Plans</translation>
    </message>
    <message>
        <source>Plan: set up %1</source>
        <translation>Plan: %1 einrichten</translation>
    </message>
    <message>
        <source>Plan: set up %1 with %2</source>
        <translation>Plan: %1 mit %2 einrichten</translation>
    </message>
    <message>
        <source>The downloads alone need %1, and only %2 are free where the environment goes</source>
        <translation>Allein die Downloads brauchen %1, und nur %2 sind dort frei, wo die Umgebung entsteht</translation>
    </message>
    <message>
        <source>The environment in %1 is changed; until the switch-over at the end it stays as it is</source>
        <translation>Die Umgebung in %1 wird geändert; bis zum Umschalten am Ende bleibt sie, wie sie ist</translation>
    </message>
    <message numerus="yes">
        <source>Write %n File(s)</source>
        <translation>
            <numerusform>%Ln Datei schreiben</numerusform>
            <numerusform>%Ln Dateien schreiben</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sconce::ui::ProjectCard</name>
    <message>
        <source>%1 (line %2)</source>
        <translation>%1 (Zeile %2)</translation>
    </message>
    <message numerus="yes">
        <source>%n dependency(s)</source>
        <translation>
            <numerusform>%Ln Abhängigkeit</numerusform>
            <numerusform>%Ln Abhängigkeiten</numerusform>
        </translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>Konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>Dependency groups</source>
        <translation>Abhängigkeitsgruppen</translation>
    </message>
    <message>
        <source>Details of this project</source>
        <translation>Einzelheiten dieses Projekts</translation>
    </message>
    <message>
        <source>In %1</source>
        <translation>In %1</translation>
    </message>
    <message>
        <source>Optional features (extras)</source>
        <translation>Optionale Funktionen (Extras)</translation>
    </message>
    <message>
        <source>Python %1</source>
        <translation>Python %1</translation>
    </message>
    <message>
        <source>Reading the project…</source>
        <translation>Das Projekt wird gelesen…</translation>
    </message>
    <message>
        <source>This project</source>
        <translation>Dieses Projekt</translation>
    </message>
    <message>
        <source>does not use PyTorch</source>
        <translation>verwendet PyTorch nicht</translation>
    </message>
    <message>
        <source>uses PyTorch</source>
        <translation>verwendet PyTorch</translation>
    </message>
</context>
<context>
    <name>sconce::ui::RecentDelegate</name>
    <message>
        <source>Folder not found: %1</source>
        <translation>Ordner nicht gefunden: %1</translation>
    </message>
</context>
<context>
    <name>sconce::ui::RecentProjects</name>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>%1, folder not found: %2</source>
        <translation>%1, Ordner nicht gefunden: %2</translation>
    </message>
</context>
<context>
    <name>sconce::ui::Session</name>
    <message>
        <source>Asking which builds of PyTorch there are</source>
        <translation>Es wird gefragt, welche PyTorch-Varianten es gibt</translation>
    </message>
    <message>
        <source>Checking %1</source>
        <translation>%1 wird geprüft</translation>
    </message>
    <message>
        <source>Looking at this computer</source>
        <translation>Dieser Computer wird untersucht</translation>
    </message>
    <message>
        <source>Making the sample project</source>
        <translation>Das Beispielprojekt wird angelegt</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>%1 wird gelesen</translation>
    </message>
    <message>
        <source>Setting up %1</source>
        <translation>%1 wird eingerichtet</translation>
    </message>
    <message>
        <source>Working out versions for %1</source>
        <translation>Versionen für %1 werden ermittelt</translation>
    </message>
</context>
<context>
    <name>sconce::ui::SetUpPage</name>
    <message>
        <source>%1. %2</source>
        <comment>why a button waits; where things stand</comment>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>Open a project: its wishes and this computer are compared, and nothing is changed</source>
        <translation>Öffnen Sie ein Projekt: Seine Wünsche und dieser Computer werden verglichen, und nichts wird geändert</translation>
    </message>
    <message>
        <source>Reading the project was cancelled</source>
        <translation>Das Lesen des Projekts wurde abgebrochen</translation>
    </message>
    <message>
        <source>Set up %1</source>
        <translation>%1 einrichten</translation>
    </message>
</context>
<context>
    <name>sconce::ui::ShortcutsDialog</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>sconce::ui::SideBar</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
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
        <translation>Ausführen: ganz oder gar nicht installiert, dann mit einer echten Rechnung geprüft.</translation>
    </message>
    <message>
        <source>Drop a project folder, a pyproject.toml or a requirements file here</source>
        <translation>Legen Sie hier einen Projektordner, eine pyproject.toml oder eine Requirements-Datei ab</translation>
    </message>
    <message>
        <source>How it works</source>
        <translation>So geht es</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>Wiederfinden…</translation>
    </message>
    <message>
        <source>Look Again</source>
        <translation>Erneut suchen</translation>
    </message>
    <message>
        <source>No project is selected</source>
        <translation>Kein Projekt ist gewählt</translation>
    </message>
    <message>
        <source>Open a project. Sconce picks the PyTorch build that fits this computer, shows what it would install, and changes nothing until you say so.</source>
        <translation>Öffnen Sie ein Projekt. Sconce wählt die PyTorch-Variante, die zu diesem Computer passt, zeigt, was installiert würde, und ändert nichts, bis Sie es sagen.</translation>
    </message>
    <message>
        <source>Open: the project and this computer's GPU are read, nothing is written.</source>
        <translation>Öffnen: Das Projekt und die GPU dieses Computers werden gelesen, nichts wird geschrieben.</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>Zuletzt geöffnete Projekte</translation>
    </message>
    <message>
        <source>Remove from List</source>
        <translation>Aus der Liste nehmen</translation>
    </message>
    <message>
        <source>Review: every package with its version, source, size and reason.</source>
        <translation>Ansehen: jedes Paket mit Version, Quelle, Größe und Grund.</translation>
    </message>
    <message>
        <source>Set up a Python project for your GPU</source>
        <translation>Ein Python-Projekt für Ihre GPU einrichten</translation>
    </message>
    <message>
        <source>The folder is where it was</source>
        <translation>Der Ordner ist, wo er war</translation>
    </message>
    <message>
        <source>This computer: %1</source>
        <translation>Dieser Computer: %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Where is “%1” now?</source>
        <translation>Wo ist „%1“ jetzt?</translation>
    </message>
    <message>
        <source>“%1” is no longer in the list; its folder was not touched</source>
        <translation>„%1“ steht nicht mehr in der Liste; sein Ordner wurde nicht angerührt</translation>
    </message>
</context>
<context>
    <name>sconce::ui::StatusButtons</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 und %Ln weitere</numerusform>
            <numerusform>%1 und %Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2 %</source>
        <comment>job: share</comment>
        <translation>%1: %2 %</translation>
    </message>
    <message>
        <source>Environment as wanted</source>
        <translation>Umgebung wie gewünscht</translation>
    </message>
    <message>
        <source>Environment differs from the plan</source>
        <translation>Umgebung weicht vom Plan ab</translation>
    </message>
    <message>
        <source>GPU as a variable says</source>
        <translation>GPU, wie eine Variable sagt</translation>
    </message>
    <message>
        <source>GPU unknown</source>
        <translation>GPU unbekannt</translation>
    </message>
    <message>
        <source>No GPU found</source>
        <translation>Keine GPU gefunden</translation>
    </message>
    <message>
        <source>No environment yet</source>
        <translation>Noch keine Umgebung</translation>
    </message>
    <message>
        <source>No jobs running</source>
        <translation>Keine Vorgänge laufen</translation>
    </message>
    <message>
        <source>Show Activity</source>
        <translation>Vorgänge zeigen</translation>
    </message>
    <message>
        <source>Show Packages</source>
        <translation>Pakete zeigen</translation>
    </message>
</context>
<context>
    <name>sync</name>
    <message>
        <source>%1 %2, listed %3</source>
        <translation>%1 %2, verzeichnet %3</translation>
    </message>
    <message>
        <source>%1 is damaged in the cache and is fetched again: %2</source>
        <translation>%1 ist im Zwischenspeicher beschädigt und wird neu geholt: %2</translation>
    </message>
    <message>
        <source>%1: wrong SHA-256, downloading it again</source>
        <translation>%1: falsche SHA-256, wird neu heruntergeladen</translation>
    </message>
    <message>
        <source>Check the name and password for this index</source>
        <translation>Prüfen Sie Namen und Passwort für diesen Index</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Installing</source>
        <translation>Installieren</translation>
    </message>
    <message>
        <source>Installing %1</source>
        <translation>%1 wird installiert</translation>
    </message>
    <message>
        <source>It is not known what was changed then</source>
        <translation>Es ist nicht bekannt, was damals geändert wurde</translation>
    </message>
    <message>
        <source>Make room, or set SCONCE_CACHE_DIR to a folder on another disk</source>
        <translation>Schaffen Sie Platz oder setzen Sie SCONCE_CACHE_DIR auf einen Ordner auf einer anderen Platte</translation>
    </message>
    <message>
        <source>Make the plan again</source>
        <translation>Erstellen Sie den Plan neu</translation>
    </message>
    <message>
        <source>Make the plan again; the index may have changed</source>
        <translation>Erstellen Sie den Plan neu; der Index kann sich geändert haben</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>Vorbereiten</translation>
    </message>
    <message>
        <source>Switching over</source>
        <translation>Umschalten</translation>
    </message>
    <message>
        <source>The download cannot be written to “%1”</source>
        <translation>Der Download kann nicht nach „%1“ geschrieben werden</translation>
    </message>
    <message>
        <source>Try again later</source>
        <translation>Versuchen Sie es später erneut</translation>
    </message>
    <message>
        <source>Try again later; if it stays so, tell those who run the index</source>
        <translation>Versuchen Sie es später erneut; bleibt es so, sagen Sie es den Betreibern des Index</translation>
    </message>
    <message>
        <source>“%1” answered %3 when asked for “%2”</source>
        <translation>„%1“ hat auf die Frage nach „%2“ mit %3 geantwortet</translation>
    </message>
    <message>
        <source>“%1” cannot be read: %2</source>
        <translation>„%1“ kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>“%1” does not hand out “%2” (%3)</source>
        <translation>„%1“ gibt „%2“ nicht heraus (%3)</translation>
    </message>
    <message>
        <source>“%1” from “%2” is not the file that is listed</source>
        <translation>„%1“ von „%2“ ist nicht die Datei, die verzeichnet ist</translation>
    </message>
    <message>
        <source>“%1” has %2 free, and about %3 are needed</source>
        <translation>„%1“ hat %2 frei, und etwa %3 werden gebraucht</translation>
    </message>
    <message>
        <source>“%1” in “%2” was changed by another program since the plan was made</source>
        <translation>„%1“ in „%2“ wurde von einem anderen Programm geändert, seit der Plan erstellt wurde</translation>
    </message>
    <message>
        <source>“%1” lists “%2” but does not have it (%3)</source>
        <translation>„%1“ nennt „%2“, hat es aber nicht (%3)</translation>
    </message>
    <message>
        <source>“%1” would have to be built, and only wheels can be installed</source>
        <translation>„%1“ müsste gebaut werden, und nur Wheels können installiert werden</translation>
    </message>
</context>
<context>
    <name>tags</name>
    <message>
        <source>Choose one of: %1</source>
        <translation>Wählen Sie eines von: %1</translation>
    </message>
    <message>
        <source>Write “%1”</source>
        <translation>Schreiben Sie „%1“</translation>
    </message>
    <message>
        <source>“%1” is not a wheel tag such as “py3-none-any”</source>
        <translation>„%1“ ist kein Wheel-Tag wie „py3-none-any“</translation>
    </message>
    <message>
        <source>“%1” is not the name of a platform</source>
        <translation>„%1“ ist nicht der Name einer Plattform</translation>
    </message>
</context>
<context>
    <name>torch</name>
    <message>
        <source>%1 %2, read from %3</source>
        <translation>%1 %2, gelesen aus %3</translation>
    </message>
    <message>
        <source>%1 was found, but it is not among the Intel GPUs that PyTorch supports</source>
        <translation>%1 wurde gefunden, gehört aber nicht zu den Intel-GPUs, die PyTorch unterstützt</translation>
    </message>
    <message>
        <source>%1, and it has code for %2</source>
        <translation>%1, und es hat Code für %2</translation>
    </message>
    <message>
        <source>%1, but no torch newer than %2 was made for it</source>
        <translation>%1, aber dafür wurde kein torch nach %2 gemacht</translation>
    </message>
    <message>
        <source>%1, but the GPU cannot be used now: %2</source>
        <translation>%1, aber die GPU kann jetzt nicht verwendet werden: %2</translation>
    </message>
    <message>
        <source>%1, but whether it has code for the GPU is not known: its compute capability could not be read</source>
        <translation>%1, aber ob es Code für die GPU hat, ist nicht bekannt: Ihre Compute Capability ließ sich nicht lesen</translation>
    </message>
    <message>
        <source>%1: compute capability</source>
        <translation>%1: Compute Capability</translation>
    </message>
    <message>
        <source>%1; its code for %2 is compiled by the driver at the first start</source>
        <translation>%1; sein Code für %2 wird vom Treiber beim ersten Start übersetzt</translation>
    </message>
    <message>
        <source>AMD GPU</source>
        <translation>AMD-GPU</translation>
    </message>
    <message>
        <source>CPU only</source>
        <translation>Nur CPU</translation>
    </message>
    <message>
        <source>Choose %1, which has code for it</source>
        <translation>Wählen Sie %1, das Code dafür hat</translation>
    </message>
    <message>
        <source>Driver %1 can run it (%2 or newer is enough)</source>
        <translation>Treiber %1 kann es ausführen (%2 oder neuer genügt)</translation>
    </message>
    <message>
        <source>Has code for %1</source>
        <translation>Hat Code für %1</translation>
    </message>
    <message>
        <source>Has code for %1 only up to torch %2</source>
        <translation>Hat Code für %1 nur bis torch %2</translation>
    </message>
    <message>
        <source>Has code for %1, but not for %2</source>
        <translation>Hat Code für %1, aber nicht für %2</translation>
    </message>
    <message>
        <source>Has code for %1, but the GPU cannot be used now: %2</source>
        <translation>Hat Code für %1, aber die GPU kann jetzt nicht verwendet werden: %2</translation>
    </message>
    <message>
        <source>Has no code for %1</source>
        <translation>Hat keinen Code für %1</translation>
    </message>
    <message>
        <source>Has no code for %1, though it can run on %2</source>
        <translation>Hat keinen Code für %1, kann aber auf %2 laufen</translation>
    </message>
    <message>
        <source>Has no code for %1; it has code for %2</source>
        <translation>Hat keinen Code für %1; es hat Code für %2</translation>
    </message>
    <message>
        <source>Install the NVIDIA driver</source>
        <translation>Installieren Sie den NVIDIA-Treiber</translation>
    </message>
    <message>
        <source>Intel XPU</source>
        <translation>Intel XPU</translation>
    </message>
    <message>
        <source>Is old and never chosen automatically; whether it has code for %1 is not known</source>
        <translation>Ist alt und wird nie von selbst gewählt; ob es Code für %1 hat, ist nicht bekannt</translation>
    </message>
    <message>
        <source>Names: %1</source>
        <translation>Namen: %1</translation>
    </message>
    <message>
        <source>Needs an AMD GPU; none was found on this computer</source>
        <translation>Braucht eine AMD-GPU; an diesem Computer wurde keine gefunden</translation>
    </message>
    <message>
        <source>Needs an Intel GPU; none was found on this computer</source>
        <translation>Braucht eine Intel-GPU; an diesem Computer wurde keine gefunden</translation>
    </message>
    <message>
        <source>Needs an NVIDIA GPU; none was found on this computer</source>
        <translation>Braucht eine NVIDIA-GPU; an diesem Computer wurde keine gefunden</translation>
    </message>
    <message>
        <source>Needs driver %1 or newer, this computer has %2</source>
        <translation>Braucht Treiber %1 oder neuer, dieser Computer hat %2</translation>
    </message>
    <message>
        <source>Needs the NVIDIA driver %1 or newer: %2</source>
        <translation>Braucht den NVIDIA-Treiber %1 oder neuer: %2</translation>
    </message>
    <message>
        <source>On a Mac this build also uses the GPU of %1 (MPS)</source>
        <translation>Auf einem Mac verwendet diese Variante auch die GPU von %1 (MPS)</translation>
    </message>
    <message>
        <source>PyTorch has published no builds for %1</source>
        <translation>PyTorch hat keine Pakete für %1 veröffentlicht</translation>
    </message>
    <message>
        <source>PyTorch publishes no packages for Linux with musl, so there may be nothing to install</source>
        <translation>PyTorch veröffentlicht keine Pakete für Linux mit musl, daher gibt es vielleicht nichts zu installieren</translation>
    </message>
    <message>
        <source>PyTorch supports %1</source>
        <translation>PyTorch unterstützt %1</translation>
    </message>
    <message>
        <source>PyTorch supports %1, but the GPU cannot be used now: %2</source>
        <translation>PyTorch unterstützt %1, aber die GPU kann jetzt nicht verwendet werden: %2</translation>
    </message>
    <message>
        <source>Runs here, but torch 2.2.2 was the last one made for Macs with an Intel processor</source>
        <translation>Läuft hier, aber torch 2.2.2 war das letzte für Macs mit Intel-Prozessor</translation>
    </message>
    <message>
        <source>Runs on every computer, but leaves %1 unused: %2</source>
        <translation>Läuft auf jedem Computer, lässt aber %1 ungenutzt: %2</translation>
    </message>
    <message>
        <source>Runs on every computer, but leaves %1 unused: no GPU build fits it</source>
        <translation>Läuft auf jedem Computer, lässt aber %1 ungenutzt: Keine GPU-Variante passt dazu</translation>
    </message>
    <message>
        <source>Runs on every computer, but torch will not use %1</source>
        <translation>Läuft auf jedem Computer, aber torch verwendet %1 dann nicht</translation>
    </message>
    <message>
        <source>Runs on every computer; no GPU was found here</source>
        <translation>Läuft auf jedem Computer; hier wurde keine GPU gefunden</translation>
    </message>
    <message>
        <source>Runs on every computer; no build of PyTorch uses %1</source>
        <translation>Läuft auf jedem Computer; keine Variante von PyTorch verwendet %1</translation>
    </message>
    <message>
        <source>The name of a PyTorch backend is missing</source>
        <translation>Der Name eines PyTorch-Backends fehlt</translation>
    </message>
    <message>
        <source>The package source has no torch for %1</source>
        <translation>Die Paketquelle hat kein torch für %1</translation>
    </message>
    <message>
        <source>There are CUDA builds for Windows and for Linux with glibc only</source>
        <translation>CUDA-Varianten gibt es nur für Windows und für Linux mit glibc</translation>
    </message>
    <message>
        <source>There are ROCm builds for Linux on x86_64 only</source>
        <translation>ROCm-Varianten gibt es nur für Linux auf x86_64</translation>
    </message>
    <message>
        <source>There are XPU builds for Windows and Linux on x86_64 only</source>
        <translation>XPU-Varianten gibt es nur für Windows und Linux auf x86_64</translation>
    </message>
    <message>
        <source>There are no %1 builds for %2</source>
        <translation>Es gibt keine %1-Varianten für %2</translation>
    </message>
    <message>
        <source>There are no CUDA builds for macOS</source>
        <translation>Für macOS gibt es keine CUDA-Varianten</translation>
    </message>
    <message>
        <source>There is no PyTorch backend “%1”</source>
        <translation>Es gibt kein PyTorch-Backend „%1“</translation>
    </message>
    <message>
        <source>Update the NVIDIA driver to %1 or newer</source>
        <translation>Aktualisieren Sie den NVIDIA-Treiber auf %1 oder neuer</translation>
    </message>
    <message>
        <source>Use “%1”</source>
        <translation>Verwenden Sie „%1“</translation>
    </message>
    <message>
        <source>Whether PyTorch supports %1 is not known</source>
        <translation>Ob PyTorch %1 unterstützt, ist nicht bekannt</translation>
    </message>
    <message>
        <source>driver</source>
        <translation>Treiber</translation>
    </message>
    <message>
        <source>found:</source>
        <translation>gefunden:</translation>
    </message>
    <message>
        <source>its newest builds have code for %1</source>
        <translation>seine neuesten Varianten haben Code für %1</translation>
    </message>
    <message>
        <source>the GPU</source>
        <translation>die GPU</translation>
    </message>
</context>
<context>
    <name>versions</name>
    <message>
        <source>A version is empty where one is needed</source>
        <translation>Eine Version ist leer, wo eine gebraucht wird</translation>
    </message>
    <message>
        <source>A version is missing after “%1”</source>
        <translation>Nach „%1“ fehlt eine Version</translation>
    </message>
    <message>
        <source>A version specifier is empty where one is needed</source>
        <translation>Eine Versionsangabe ist leer, wo eine gebraucht wird</translation>
    </message>
    <message>
        <source>A version specifier is missing after “,”</source>
        <translation>Nach „,“ fehlt eine Versionsangabe</translation>
    </message>
    <message>
        <source>“%1” cannot be used with a version that has a local label (“%2”)</source>
        <translation>„%1“ kann nicht mit einer Version mit lokalem Zusatz („%2“) verwendet werden</translation>
    </message>
    <message>
        <source>“%1” does not begin with an operator: ==, !=, &lt;=, &gt;=, &lt;, &gt;, ~= or ===</source>
        <translation>„%1“ beginnt nicht mit einem Operator: ==, !=, &lt;=, &gt;=, &lt;, &gt;, ~= oder ===</translation>
    </message>
    <message>
        <source>“%1” has no operator in front of the version; “==%1” accepts only that version</source>
        <translation>„%1“ hat keinen Operator vor der Version; „==%1“ lässt nur diese Version zu</translation>
    </message>
    <message>
        <source>“%1” is not a usable version: a number in it is too large</source>
        <translation>„%1“ ist keine brauchbare Version: Eine Zahl darin ist zu groß</translation>
    </message>
    <message>
        <source>“%1” is not a version: it ends too early</source>
        <translation>„%1“ ist keine Version: Sie endet zu früh</translation>
    </message>
    <message>
        <source>“%1” is not a version: “%2” does not belong there</source>
        <translation>„%1“ ist keine Version: „%2“ gehört dort nicht hin</translation>
    </message>
    <message>
        <source>“.*” cannot follow a development release or a local label</source>
        <translation>„.*“ kann nicht auf eine Entwicklungsversion oder einen lokalen Zusatz folgen</translation>
    </message>
    <message>
        <source>“.*” is possible with “==” and “!=” only, not with “%1”</source>
        <translation>„.*“ ist nur mit „==“ und „!=“ möglich, nicht mit „%1“</translation>
    </message>
    <message>
        <source>“=” is not an operator of version specifiers; “==” is meant in “%1”</source>
        <translation>„=“ ist kein Operator von Versionsangaben; gemeint ist „==“ in „%1“</translation>
    </message>
    <message>
        <source>“~=” needs a version of two numbers or more, not “%1”</source>
        <translation>„~=“ braucht eine Version aus zwei oder mehr Zahlen, nicht „%1“</translation>
    </message>
</context>
<context>
    <name>wheel</name>
    <message>
        <source>%1 bytes instead of %2</source>
        <translation>%1 Byte statt %2</translation>
    </message>
    <message>
        <source>%1 has no RECORD that can be read: its files cannot be told from others and stay</source>
        <translation>%1 hat keine lesbare RECORD: Seine Dateien sind nicht von anderen zu unterscheiden und bleiben</translation>
    </message>
    <message>
        <source>A change of “%1” that had broken off was finished</source>
        <translation>Eine abgebrochene Änderung an „%1“ wurde zu Ende geführt</translation>
    </message>
    <message>
        <source>A newer version of this program began to change the environment and broke off: “%1”</source>
        <translation>Eine neuere Version dieses Programms hat begonnen, die Umgebung zu ändern, und abgebrochen: „%1“</translation>
    </message>
    <message>
        <source>Create an environment</source>
        <translation>Legen Sie eine Umgebung an</translation>
    </message>
    <message>
        <source>Download the package again</source>
        <translation>Laden Sie das Paket erneut herunter</translation>
    </message>
    <message>
        <source>Install from an index that gives digests</source>
        <translation>Installieren Sie aus einem Index, der Prüfsummen nennt</translation>
    </message>
    <message>
        <source>Install what you want to have now; nothing was changed</source>
        <translation>Installieren Sie, was Sie jetzt haben möchten; es wurde nichts geändert</translation>
    </message>
    <message>
        <source>Make the environment anew</source>
        <translation>Legen Sie die Umgebung neu an</translation>
    </message>
    <message>
        <source>Make the plan again</source>
        <translation>Erstellen Sie den Plan neu</translation>
    </message>
    <message>
        <source>Move it away</source>
        <translation>Verschieben Sie es</translation>
    </message>
    <message>
        <source>RECORD does not list “%1”</source>
        <translation>RECORD nennt „%1“ nicht</translation>
    </message>
    <message>
        <source>RECORD lists “%1”, which is not in the wheel</source>
        <translation>RECORD nennt „%1“, das nicht im Wheel ist</translation>
    </message>
    <message>
        <source>RECORD of %1 lists “%2”, which is not the package's and stays</source>
        <translation>RECORD von %1 nennt „%2“, das nicht dem Paket gehört und bleibt</translation>
    </message>
    <message>
        <source>The environment is half changed; the next command on it finishes the change</source>
        <translation>Die Umgebung ist halb geändert; der nächste Befehl auf ihr führt die Änderung zu Ende</translation>
    </message>
    <message>
        <source>The environment was copied while a change of it was half made: “%1”</source>
        <translation>Die Umgebung wurde kopiert, während eine Änderung halb ausgeführt war: „%1“</translation>
    </message>
    <message>
        <source>The script “%1” would replace “bin/%1” of the environment</source>
        <translation>Das Skript „%1“ würde „bin/%1“ der Umgebung ersetzen</translation>
    </message>
    <message>
        <source>The wheel follows version %1 of the wheel format; 1 is known</source>
        <translation>Das Wheel folgt Version %1 des Wheel-Formats; bekannt ist 1</translation>
    </message>
    <message>
        <source>The wheel has no folder “%1.dist-info”</source>
        <translation>Das Wheel hat keinen Ordner „%1.dist-info“</translation>
    </message>
    <message>
        <source>The wheel has no “%1”</source>
        <translation>Das Wheel hat kein „%1“</translation>
    </message>
    <message>
        <source>The wheel has two .data folders: “%1” and “%2”</source>
        <translation>Das Wheel hat zwei .data-Ordner: „%1“ und „%2“</translation>
    </message>
    <message>
        <source>The wheel has two .dist-info folders: “%1” and “%2”</source>
        <translation>Das Wheel hat zwei .dist-info-Ordner: „%1“ und „%2“</translation>
    </message>
    <message>
        <source>The wheel's METADATA is for %1 %2, its file name for %3 %4</source>
        <translation>Die METADATA des Wheels ist für %1 %2, sein Dateiname für %3 %4</translation>
    </message>
    <message>
        <source>There is no change %1 to undo in “%2”</source>
        <translation>In „%2“ gibt es keine Änderung %1, die rückgängig gemacht werden könnte</translation>
    </message>
    <message>
        <source>There is no whole journal in “%1”</source>
        <translation>In „%1“ ist kein vollständiges Journal</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Versuchen Sie es erneut</translation>
    </message>
    <message>
        <source>Uninstall the package it belongs to, or move it away</source>
        <translation>Deinstallieren Sie das Paket, zu dem es gehört, oder verschieben Sie es</translation>
    </message>
    <message>
        <source>Use that version, or make the environment anew</source>
        <translation>Verwenden Sie diese Version oder legen Sie die Umgebung neu an</translation>
    </message>
    <message>
        <source>WHEEL names the tag “%1”, which the file name does not</source>
        <translation>WHEEL nennt das Tag „%1“, der Dateiname nicht</translation>
    </message>
    <message>
        <source>What “%1” keeps cannot be put back: the environment was copied, or the folder is damaged</source>
        <translation>Was „%1“ enthält, lässt sich nicht zurücksetzen: Die Umgebung wurde kopiert, oder der Ordner ist beschädigt</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>ein Ordner</translation>
    </message>
    <message>
        <source>a link to “%1”</source>
        <translation>eine Verknüpfung mit „%1“</translation>
    </message>
    <message>
        <source>in “%1/RECORD”</source>
        <translation>in „%1/RECORD“</translation>
    </message>
    <message>
        <source>it is not there</source>
        <translation>es ist nicht da</translation>
    </message>
    <message>
        <source>it is of %1 %2</source>
        <translation>es ist von %1 %2</translation>
    </message>
    <message>
        <source>no file</source>
        <translation>keine Datei</translation>
    </message>
    <message>
        <source>other contents</source>
        <translation>anderer Inhalt</translation>
    </message>
    <message>
        <source>while unpacking “%1”</source>
        <translation>beim Entpacken von „%1“</translation>
    </message>
    <message>
        <source>“%1/METADATA” follows version “%2” of the metadata format; 1 and 2 are known</source>
        <translation>„%1/METADATA“ folgt Version „%2“ des Metadatenformats; bekannt sind 1 und 2</translation>
    </message>
    <message>
        <source>“%1/WHEEL” does not say which version of the wheel format it follows</source>
        <translation>„%1/WHEEL“ sagt nicht, welcher Version des Wheel-Formats es folgt</translation>
    </message>
    <message>
        <source>“%1” and “%2” are one name where case does not count</source>
        <translation>„%1“ und „%2“ sind ein Name, wo Groß- und Kleinschreibung nicht zählt</translation>
    </message>
    <message>
        <source>“%1” does not belong to %2</source>
        <translation>„%1“ gehört nicht zu %2</translation>
    </message>
    <message>
        <source>“%1” follows version %2 of the metadata format, newer than what is known</source>
        <translation>„%1“ folgt Version %2 des Metadatenformats, neuer als das Bekannte</translation>
    </message>
    <message>
        <source>“%1” follows version %2 of the wheel format, newer than what is known</source>
        <translation>„%1“ folgt Version %2 des Wheel-Formats, neuer als das Bekannte</translation>
    </message>
    <message>
        <source>“%1” has a name that Windows does not take</source>
        <translation>„%1“ hat einen Namen, den Windows nicht annimmt</translation>
    </message>
    <message>
        <source>“%1” is a file or a link, where a package has a folder</source>
        <translation>„%1“ ist eine Datei oder Verknüpfung, wo ein Paket einen Ordner hat</translation>
    </message>
    <message>
        <source>“%1” is a folder with other files, where a package has a file</source>
        <translation>„%1“ ist ein Ordner mit anderen Dateien, wo ein Paket eine Datei hat</translation>
    </message>
    <message>
        <source>“%1” is a link and becomes a file that holds the link's text</source>
        <translation>„%1“ ist eine Verknüpfung und wird eine Datei mit deren Text</translation>
    </message>
    <message>
        <source>“%1” is for an unknown place: purelib, platlib, headers, scripts and data are known</source>
        <translation>„%1“ ist für einen unbekannten Ort: Bekannt sind purelib, platlib, headers, scripts und data</translation>
    </message>
    <message>
        <source>“%1” is in %2 and in %3, and not the same</source>
        <translation>„%1“ ist in %2 und in %3, und nicht gleich</translation>
    </message>
    <message>
        <source>“%1” is no virtual environment, and nothing is installed into other interpreters</source>
        <translation>„%1“ ist keine virtuelle Umgebung, und in andere Interpreter wird nichts installiert</translation>
    </message>
    <message>
        <source>“%1” is not as it was unpacked</source>
        <translation>„%1“ ist nicht mehr so, wie es entpackt wurde</translation>
    </message>
    <message>
        <source>“%1” is not in the environment “%2”</source>
        <translation>„%1“ ist nicht in der Umgebung „%2“</translation>
    </message>
    <message>
        <source>“%1” is not the file that the wheel's RECORD describes</source>
        <translation>„%1“ ist nicht die Datei, die RECORD des Wheels beschreibt</translation>
    </message>
    <message>
        <source>“%1” is spelt so that it may mean another place</source>
        <translation>„%1“ ist so geschrieben, dass es einen anderen Ort meinen kann</translation>
    </message>
    <message>
        <source>“%1” lies in no folder of “%2”</source>
        <translation>„%1“ liegt in keinem Ordner von „%2“</translation>
    </message>
    <message>
        <source>“%1” of the environment “%2” lies outside it</source>
        <translation>„%1“ der Umgebung „%2“ liegt außerhalb von ihr</translation>
    </message>
    <message>
        <source>“%1” runs whenever the interpreter starts</source>
        <translation>„%1“ läuft bei jedem Start des Interpreters</translation>
    </message>
    <message>
        <source>“%1” stays, because “%2” has it too</source>
        <translation>„%1“ bleibt, weil „%2“ es auch hat</translation>
    </message>
    <message>
        <source>“%1” was changed by another program meanwhile</source>
        <translation>„%1“ wurde inzwischen von einem anderen Programm geändert</translation>
    </message>
    <message>
        <source>“%1” was changed by another program since the plan was made</source>
        <translation>„%1“ wurde von einem anderen Programm geändert, seit der Plan erstellt wurde</translation>
    </message>
    <message>
        <source>“%1” was changed by another program since, so what was there before cannot be put back over it</source>
        <translation>„%1“ wurde seither von einem anderen Programm geändert, daher lässt sich nicht zurücksetzen, was vorher da war</translation>
    </message>
    <message>
        <source>“%1” was changed since the last command broke off, and stays as it is</source>
        <translation>„%1“ wurde geändert, seit der letzte Befehl abbrach, und bleibt, wie es ist</translation>
    </message>
    <message>
        <source>“%1” was changed since the plan was made</source>
        <translation>„%1“ wurde geändert, seit der Plan erstellt wurde</translation>
    </message>
    <message>
        <source>“%1” would be part of another .dist-info folder</source>
        <translation>„%1“ wäre Teil eines anderen .dist-info-Ordners</translation>
    </message>
    <message>
        <source>“%1” would go too, and it is not what was installed then</source>
        <translation>„%1“ ginge mit verloren und gehört nicht zu dem, was damals installiert wurde</translation>
    </message>
    <message>
        <source>“%1” would replace “%2” of the environment</source>
        <translation>„%1“ würde „%2“ der Umgebung ersetzen</translation>
    </message>
</context>
</TS>
