<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>PlanWords</name>
    <message numerus="yes">
        <source>%n download(s) of unknown size</source>
        <translation>
            <numerusform>%n download of unknown size</numerusform>
            <numerusform>%n downloads of unknown size</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n package(s) to install</source>
        <translation>
            <numerusform>%n package to install</numerusform>
            <numerusform>%n packages to install</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to change</source>
        <translation>
            <numerusform>%n to change</numerusform>
            <numerusform>%n to change</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to remove</source>
        <translation>
            <numerusform>%n to remove</numerusform>
            <numerusform>%n to remove</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>about %n hour(s)</source>
        <translation>
            <numerusform>about %n hour</numerusform>
            <numerusform>about %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s)</source>
        <translation>
            <numerusform>about %n minute</numerusform>
            <numerusform>about %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n second(s)</source>
        <translation>
            <numerusform>about %n second</numerusform>
            <numerusform>about %n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>net</name>
    <message numerus="yes">
        <source>Tried %n time(s)</source>
        <translation>
            <numerusform>Tried %n time</numerusform>
            <numerusform>Tried %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sconce::ui::BackendCard</name>
    <message numerus="yes">
        <source>%n more that work here</source>
        <translation>
            <numerusform>%n more that works here</numerusform>
            <numerusform>%n more that work here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n that do not fit this computer</source>
        <translation>
            <numerusform>%n that does not fit this computer</numerusform>
            <numerusform>%n that do not fit this computer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sconce::ui::PackagesPage</name>
    <message numerus="yes">
        <source>%n package(s)</source>
        <translation>
            <numerusform>%n package</numerusform>
            <numerusform>%n packages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sconce::ui::PlanSheet</name>
    <message numerus="yes">
        <source>%n package(s) stay as they are</source>
        <translation>
            <numerusform>%n package stays as it is</numerusform>
            <numerusform>%n packages stay as they are</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Apply %n Change(s)</source>
        <translation>
            <numerusform>Apply %n Change</numerusform>
            <numerusform>Apply %n Changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>I understand that %n package(s) change to an older version or another backend</source>
        <translation>
            <numerusform>I understand that %n package changes to an older version or another backend</numerusform>
            <numerusform>I understand that %n packages change to an older version or another backend</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sconce::ui::ProjectCard</name>
    <message numerus="yes">
        <source>%n dependency(s)</source>
        <translation>
            <numerusform>%n dependency</numerusform>
            <numerusform>%n dependencies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sconce::ui::StatusButtons</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
</TS>
