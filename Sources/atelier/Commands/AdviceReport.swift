import Datasets
import Foundation
import Runs
import Training

/// `atelier train --advise`: looks at pictures and says what to train on them.
struct AdviceReport {
    /// The name of a known set, if that is what is meant.
    let set: String?
    /// Where the pictures are.
    let data: String?
    let output: OutputOptions

    /// Everything that was found, for programs.
    private struct Answer: Encodable {
        let facts: DataFacts
        let advice: Advice
        let cost: DryRun
        let command: String
    }

    /// Looks, measures and tells.
    func run() async throws {
        let isName = set.flatMap { DatasetName(rawValue: $0) } != nil
        let source = try DatasetCatalog().open(
            isName ? set ?? "" : "",
            path: data ?? (isName ? nil : set),
            split: .train
        )
        Console.say("looking at \(source.count) pictures of \(source.name)", output)
        let report = DatasetCheck().report(on: source)
        let facts = DataFacts(report, hasGPU: MachineReport.hasGPU)
        guard facts.count > 1, facts.shortestSide >= 8 else {
            throw InfoError(
                "\(source.name) has \(facts.count) readable pictures, the smallest side"
                    + " \(facts.shortestSide) pixels: expected two pictures of 8 pixels at least."
                    + " 'atelier data check' lists what is wrong."
            )
        }
        let advice = Advice(facts)
        var changes = advice.changes
        changes.insert("data.set=\(isName ? set ?? "" : kind)", at: 0)
        if facts.hasGPU { changes.append("device=cuda") }
        let recipe = try Recipe.load(advice.recipe, overrides: changes)
        for reason in advice.reasons { Console.say("- \(reason)", output) }
        let cost = try DryRun(recipe, pictures: facts.count)
        Console.say("- \(cost.text)", output)
        let place = data.map { " --data '\($0)'" } ?? ""
        let command =
            "atelier train \(advice.recipe)\(place)"
            + changes.map { " --set '\($0)'" }.joined()
        Console.say(command, output)
        if output.json {
            Console.json(Answer(facts: facts, advice: advice, cost: cost, command: command))
        }
    }

    private var kind: String { data?.lowercased().hasSuffix(".zip") == true ? "zip" : "folder" }
}
