import ArgumentParser
import Evaluation
import Files
import Foundation
import Generation
import Imaging
import Prompts
import Scans

/// `atelier scans draw`: drawings of a model as DICOM or NIfTI, once none of them is a copy.
struct ScansDrawCommand: AsyncParsableCommand {
    /// What is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case dicom, nifti, both
    }

    /// What happens to drawings that lie too near to a training picture.
    enum Copies: String, ExpressibleByArgument, CaseIterable {
        case refuse, skip, allow
    }

    static let configuration = CommandConfiguration(
        commandName: "draw",
        abstract: "Draw with a trained model, look for copies, write DICOM or NIfTI.",
        discussion: """
            Examples:
              atelier scans draw axial --model last -n 20 --data study/
              atelier scans draw --model last --as nifti --window -600/1500 --spacing 0.7

            Files have 16 bits, numbers of their own and nothing of a patient, and say in several places that they are \
            synthetic. Before anything is written each drawing is compared with all training pictures: one that \
            lies nearer to one of them than pictures that were held out do counts as a copy.
            """
    )

    @Argument(help: "The class to draw; any where it is left out.")
    var subject: [String] = []

    @Option(name: [.customShort("n"), .long], help: "How many drawings.")
    var count = 16

    @Option(help: "Key of all random numbers.")
    var seed: UInt64 = 0

    @Option(name: [.short, .long], help: "Write the files to this folder.")
    var out = "synthetic"

    @Option(name: .customLong("as"), help: "dicom, nifti (one file with all slices) or both.")
    var format = Format.dicom

    @Option(help: "CENTRE/WIDTH of values from black to white; 0 to 65535 by default.")
    var window: String?

    @Option(help: "How far pixels lie apart, in millimetres.")
    var spacing: Double?

    @Option(help: "What happens to copies: refuse all drawings, skip these, or allow them.")
    var copies = Copies.refuse

    @Option(help: "Where the model's training pictures lie; where the run found them by default.")
    var data: String?

    @OptionGroup var model: ModelOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(count) else {
            throw ValidationError("--count expects 1 to 10000, found \(count).")
        }
        if let window, range == nil {
            throw ValidationError("--window expects CENTRE/WIDTH as in 40/400; found '\(window)'.")
        }
        if let spacing, !(spacing >= 0.001 && spacing <= 1000) {
            throw ValidationError("--spacing expects 0.001 to 1000 millimetres, found \(spacing).")
        }
    }

    private var range: ValueRange? {
        let parts = (window ?? "").split(separator: "/").map { Double($0) }
        guard parts.count == 2, let centre = parts[0], let width = parts[1], width > 0 else {
            return nil
        }
        return ValueRange.window(centre: centre, width: width)
    }

    func run() async throws {
        let model = try model.load()
        guard model.description.channels == 1 else {
            throw ValidationError(
                "\(model.description.recipe) draws \(model.description.channels) channels, expected grey: "
                    + "train it with --set data.channels=1."
            )
        }
        let text = subject.joined(separator: " ")
        var request = model.request(seed: seed, indices: Array(0..<count))
        request.depth = .sixteen
        if !text.isEmpty {
            request.parts = [Prompt.Part(text: text, weight: 1)]
            request.typed = text
        }
        var drawings = try model.draw(request)
        let report = try report(on: drawings, by: model)
        if let report {
            Console.say(report.sentence, output)
            try judge(report, &drawings)
        }
        let note = SyntheticNote(
            model: model.description.recipe,
            digest: model.digest,
            seed: seed,
            subject: text
        )
        let scan = try SyntheticScan(
            drawings.map(\.picture),
            indices: drawings.map { $0.record.indices.first ?? 0 },
            note: note,
            range: range,
            spacing: spacing
        )
        let files = try write(scan, drawings, stem: PictureWriter.stem(text))
        Console.say("\(drawings.count) drawings in \(out)", output)
        if output.json { Console.json(Report(files: files, memorisation: report)) }
    }

    /// How near the drawings lie to training pictures; nothing where that need not be known and cannot be.
    private func report(
        on drawings: [Drawing],
        by model: GeneratorModel
    ) throws -> CopyCheck.Report? {
        do {
            let known = RunPictures.of(self.model.model, in: self.model.runs)
            let check = try CopyCheck(
                of: model,
                path: data ?? known.path,
                holdsOut: known.holdsOut
            ) { Console.warn($0) }
            return try check.report(on: drawings.map(\.picture))
        } catch {
            guard copies == .allow else {
                throw ScanError(
                    .unsupported,
                    at: "drawings",
                    "cannot be compared with the training pictures: \(Failure.message(of: error))",
                    cure: "name them with --data, or write without looking with --copies allow"
                )
            }
            Console.warn("not compared with training pictures: \(Failure.message(of: error))")
            return nil
        }
    }

    /// Takes copies out, or refuses.
    private func judge(_ report: CopyCheck.Report, _ drawings: inout [Drawing]) throws {
        let found = report.copies
        guard !found.isEmpty else { return }
        let first: String = found.prefix(3).map { place -> String in
            let number = drawings[place].record.indices.first ?? 0
            let near = report.drawings[place]
            let apart = String(format: "%.4f", near.distance)
            return "drawing \(number) lies \(apart) from \(near.training)"
        }.joined(separator: "; ")
        switch copies {
        case .allow: Console.warn("\(found.count) copies are written as asked: \(first)")
        case .skip:
            let set = Set(found)
            drawings = drawings.indices.filter { !set.contains($0) }.map { drawings[$0] }
            Console.warn("\(found.count) copies are left out: \(first)")
            guard !drawings.isEmpty else { throw refusal("all \(found.count) are copies", first) }
        case .refuse: throw refusal("\(found.count) of \(drawings.count) are copies", first)
        }
    }

    private func refusal(_ what: String, _ first: String) -> ScanError {
        ScanError(
            .unsupported,
            at: "drawings",
            "\(what) of training pictures, nothing is written: \(first)",
            cure: "train on more pictures or for a shorter time; '--copies skip' leaves them out, "
                + "'--copies allow' writes them"
        )
    }

    private func write(
        _ scan: SyntheticScan,
        _ drawings: [Drawing],
        stem: String
    ) throws -> [String] {
        let folder = URL(filePath: out, directoryHint: .isDirectory)
        var files: [String] = []
        let numbers = drawings.map { String(format: "%04d", $0.record.indices.first ?? 0) }
        if format != .nifti {
            for (data, number) in zip(scan.dicomFiles(), numbers) {
                let file = folder.appending(path: "synthetic-\(stem)seed\(seed)-\(number).dcm")
                files.append(try NewFile.write(data, to: file).path)
            }
        }
        if format != .dicom {
            let file = folder.appending(path: "synthetic-\(stem)seed\(seed)-\(drawings.count).nii")
            files.append(try NewFile.write(scan.niftiFile(), to: file).path)
        }
        return files
    }

    /// What was written, for programs.
    private struct Report: Encodable {
        let files: [String]
        let memorisation: CopyCheck.Report?
    }
}
