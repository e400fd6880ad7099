import ArgumentParser

/// `atelier scans`: what has to do with the pictures of scanners.
struct ScansCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scans",
        abstract: "DICOM and NIfTI: look at files, write slices, draw synthetic ones.",
        discussion: """
            Folders of DICOM or NIfTI files are data sets as they are: 'atelier data check FOLDER', 'atelier train \
            RECIPE --set data.set=folder --data FOLDER'. Nothing here is a medical device; what is drawn is of no patient and for \
            no diagnosis.
            """,
        subcommands: [ScansInfoCommand.self, ScansSlicesCommand.self, ScansDrawCommand.self]
    )
}
