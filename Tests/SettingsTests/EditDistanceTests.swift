import Settings
import Testing

@Suite("The name somebody meant")
struct EditDistanceTests {
    @Test(
        "insertions, deletions, replacements and swaps each cost one",
        arguments: [
            ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("batch", "batch", 0),
            ("bacth", "batch", 1),
            ("epoch", "epochs", 1), ("kitten", "sitting", 3), ("learning_rate", "learning-rate", 1),
        ]
    )
    func distance(_ first: String, _ second: String, _ expected: Int) {
        #expect(EditDistance.between(first, second) == expected)
        #expect(EditDistance.between(second, first) == expected)
    }

    @Test("nothing is suggested when nothing is near")
    func nearest() {
        let names = ["epochs", "batch", "precision"]
        #expect(EditDistance.nearest(to: "Epoch", among: names) == "epochs")
        #expect(EditDistance.nearest(to: "percision", among: names) == "precision")
        #expect(EditDistance.nearest(to: "colour", among: names) == nil)
        #expect(EditDistance.nearest(to: "epochs", among: []) == nil)
    }
}
