import Datasets
import Settings
import Testing

@Suite struct EmojiCombinationTests {
    @Test(
        arguments: [
            "firefighter: dark skin tone", "woman firefighter", "woman: dark skin tone",
            "woman firefighter: red hair", "man and woman holding hands: dark skin tone",
            "woman and man holding hands: dark skin tone, light skin tone", "red apple",
            "woman firefighter: dark skin tone, light skin tone", "",
        ])
    func otherNamesAreNone(_ name: String) {
        #expect(EmojiCombination(naming: name) == nil)
    }

    @Test func namesAreRead() throws {
        let found = try #require(
            EmojiCombination(naming: "woman health worker: medium-dark skin tone")
        )
        #expect(found.gender == "woman" && found.role == "health worker" && found.tone == 3)
    }

    /// Of each gender in each role one tone is held out, and not always the same one.
    @Test func oneToneIsHeldOut() {
        let held = ["man", "woman"].flatMap { gender in
            ["pilot", "judge", "cook", "singer", "farmer", "mage", "elf"].map { role in
                EmojiCombination.tones.filter {
                    EmojiCombination(naming: "\(gender) \(role): \($0) skin tone")?.isHeldOut
                        == true
                }
            }
        }
        #expect(held.allSatisfy { $0.count == 1 })
        #expect(Set(held.flatMap { $0 }).count >= 3)
    }

    /// Held-out combinations are all that is held out, and every role, gender and tone is seen.
    @Test(
        .enabled(
            if: EmojiSourceTests.isInstalled,
            "the packages with the emoji lists and the font are not installed"
        )
    )
    func theSetHoldsThemOut() throws {
        func names(_ split: Split) throws -> [String] {
            let source = try DatasetCatalog().open("emoji", path: nil, split: split, pixels: 16)
            return (0..<source.count).compactMap { index in
                source.record(at: index).captions.first { $0.language == "en" }?.text
            }
        }
        let held = try names(.test)
        let seen = try names(.train)
        #expect((100...200).contains(held.count))
        #expect(held.allSatisfy { EmojiCombination(naming: $0)?.isHeldOut == true })
        let combinations = seen.compactMap { EmojiCombination(naming: $0) }
        #expect(combinations.allSatisfy { !$0.isHeldOut })
        for combination in held.compactMap({ EmojiCombination(naming: $0) }) {
            let others = combinations.filter { $0.role == combination.role }
            #expect(others.contains { $0.gender == combination.gender })
            // A role of one gender alone shows the tone nowhere.
            #expect(
                others.contains { $0.tone == combination.tone }
                    || others.allSatisfy { $0.gender == combination.gender }
            )
        }
    }
}
