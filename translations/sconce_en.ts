<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>ActWords</name>
    <message numerus="yes">
        <source>new, %n package(s)</source>
        <translation>
            <numerusform>new, %Ln package</numerusform>
            <numerusform>new, %Ln packages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlanWords</name>
    <message numerus="yes">
        <source>%n download(s) of unknown size</source>
        <translation>
            <numerusform>%Ln download of unknown size</numerusform>
            <numerusform>%Ln downloads of unknown size</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) to write, the environment stays as it is</source>
        <translation>
            <numerusform>%Ln file to write, the environment stays as it is</numerusform>
            <numerusform>%Ln files to write, the environment stays as it is</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n package(s) to install</source>
        <translation>
            <numerusform>%Ln package to install</numerusform>
            <numerusform>%Ln packages to install</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to change</source>
        <translation>
            <numerusform>%Ln to change</numerusform>
            <numerusform>%Ln to change</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to remove</source>
        <translation>
            <numerusform>%Ln to remove</numerusform>
            <numerusform>%Ln to remove</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>about %n hour(s)</source>
        <translation>
            <numerusform>about %Ln hour</numerusform>
            <numerusform>about %Ln hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s)</source>
        <translation>
            <numerusform>about %Ln minute</numerusform>
            <numerusform>about %Ln minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n second(s)</source>
        <translation>
            <numerusform>about %Ln second</numerusform>
            <numerusform>about %Ln seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>made anew, %n package(s): %1</source>
        <translation>
            <numerusform>made anew, %Ln package: %1</numerusform>
            <numerusform>made anew, %Ln packages: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>new, %n package(s)</source>
        <translation>
            <numerusform>new, %Ln package</numerusform>
            <numerusform>new, %Ln packages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>net</name>
    <message numerus="yes">
        <source>Tried %n time(s)</source>
        <translation>
            <numerusform>Tried %Ln time</numerusform>
            <numerusform>Tried %Ln times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sconce::ui::BackendCard</name>
    <message numerus="yes">
        <source>%n more that work here</source>
        <translation>
            <numerusform>%Ln more that works here</numerusform>
            <numerusform>%Ln more that work here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n that do not fit this computer</source>
        <translation>
            <numerusform>%Ln that does not fit this computer</numerusform>
            <numerusform>%Ln that do not fit this computer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sconce::ui::ConflictFixes</name>
    <message numerus="yes">
        <source>%n change(s) of the project were tried and work</source>
        <translation>
            <numerusform>%Ln change of the project was tried and works</numerusform>
            <numerusform>%Ln changes of the project were tried and work</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sconce::ui::PackagesPage</name>
    <message numerus="yes">
        <source>%n package(s)</source>
        <translation>
            <numerusform>%Ln package</numerusform>
            <numerusform>%Ln packages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sconce::ui::PlanSheet</name>
    <message numerus="yes">
        <source>%n package(s) stay as they are</source>
        <translation>
            <numerusform>%Ln package stays as it is</numerusform>
            <numerusform>%Ln packages stay as they are</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Apply %n Change(s)</source>
        <translation>
            <numerusform>Apply %Ln Change</numerusform>
            <numerusform>Apply %Ln Changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>I understand that %n package(s) change to an older version or another backend</source>
        <translation>
            <numerusform>I understand that %Ln package changes to an older version or another backend</numerusform>
            <numerusform>I understand that %Ln packages change to an older version or another backend</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Write %n File(s)</source>
        <translation>
            <numerusform>Write %Ln File</numerusform>
            <numerusform>Write %Ln Files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sconce::ui::ProjectCard</name>
    <message numerus="yes">
        <source>%n dependency(s)</source>
        <translation>
            <numerusform>%Ln dependency</numerusform>
            <numerusform>%Ln dependencies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sconce::ui::StatusButtons</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %Ln more</numerusform>
            <numerusform>%1 and %Ln more</numerusform>
        </translation>
    </message>
</context>
</TS>
