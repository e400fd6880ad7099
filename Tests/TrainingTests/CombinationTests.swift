import Foundation
import Runs
import TestSupport
import Testing
import Training

/// Whatever is combined either is refused before the first step, with a reason, or is trained.
@Suite struct CombinationTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
    }

    /// So many combinations, from a number on; another number takes others.
    private static var numbers: [UInt64] {
        let environment = ProcessInfo.processInfo.environment
        let first = environment["ATELIER_COMBINATION"].flatMap(UInt64.init) ?? 0
        let count = environment["ATELIER_COMBINATIONS"].flatMap(UInt64.init) ?? 40
        return Array(first..<first + count)
    }

    @Test func whatADryRunAllowsIsTrained() async throws {
        var (trained, refused) = (0, Set<String>())
        for number in CombinationTests.numbers {
            let combination = Combination(number)
            if ProcessInfo.processInfo.environment["ATELIER_COMBINATIONS"] != nil {
                print("combination \(number): \(combination)")
            }
            do {
                let outcome = try await train(combination, number)
                trained += 1
                #expect(
                    [.completed, .limit, .nonFinite, .diverged].contains(outcome.reason),
                    "\(number): \(combination)"
                )
            } catch let error as Refusal {
                refused.insert(error.text)
            } catch {
                Issue.record("\(number): \(combination): \(error)")
            }
        }
        #expect(trained > CombinationTests.numbers.count / 3)
        for text in refused { #expect(text.count > 20, "\(text)") }
        if ProcessInfo.processInfo.environment["ATELIER_COMBINATIONS"] != nil {
            print("trained \(trained)\n" + refused.sorted().joined(separator: "\n"))
        }
    }

    /// What was refused before there was a run.
    private struct Refusal: Error { let text: String }

    private func train(_ combination: Combination, _ number: UInt64) async throws -> TrainingOutcome
    {
        let data = scratch.url.appending(path: "\(number)")
        try combination.write(to: data)
        var options = TrainerOptions()
        options.root = scratch.url.appending(path: "runs")
        options.dataPath = data.path
        options.cache = scratch.url.appending(path: "cache")
        options.threads = 1
        let recipe: Recipe
        let found: (pictures: Int, text: String)
        do {
            recipe = try Recipe.load(combination.recipe, overrides: combination.changes)
            found = try Trainer.check(recipe, options: options)
            if number.isMultiple(of: 4) {
                _ = try DryRun(recipe, pictures: found.pictures, threads: 1)
            }
        } catch {
            throw Refusal(text: "\(error)")
        }
        options.steps = 12
        let trainer = try Trainer(recipe, options: options, stop: StopRequest())
        async let events: Void = { for await _ in trainer.events {} }()
        let outcome = try await trainer.run()
        await events
        return outcome
    }
}
