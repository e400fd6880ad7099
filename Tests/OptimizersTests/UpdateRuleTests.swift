import Optimizers
import Settings
import Testing

@Suite struct UpdateRuleTests {
    @Test(
        arguments: [
            (Adam(learningRate: -1), "learningRate"),
            (Adam(beta1: 1), "beta1"),
            (Adam(beta2: -0.1), "beta2"),
            (AdamW(epsilon: -1), "epsilon"),
            (AdamW(weightDecay: .nan), "weightDecay"),
            (OptimisticAdam(beta1: 1), "beta1"),
            (Muon(momentum: 1), "momentum"),
            (Muon(weightDecay: -1), "weightDecay"),
            (OptimisticAdam(epsilon: .nan), "epsilon"),
            (SGD(momentum: 1), "momentum"),
            (RMSprop(alpha: 1.5), "alpha"),
            (Adafactor(decayExponent: 0.8), "decayExponent"),
            (Adafactor(clippingThreshold: 0), "clippingThreshold"),
            (Adafactor(scaleEpsilon: .infinity), "scaleEpsilon"),
        ] as [(any UpdateRule, String)]
    )
    func badSettingIsNamed(rule: any UpdateRule, setting: String) {
        let error = #expect(throws: OptimizerError.self) { try rule.validate() }
        #expect(error?.description.contains("'\(setting)'") == true)
    }

    @Test(arguments: Samples.rules)
    func usualSettingsAreValid(rule: any UpdateRule) {
        #expect(throws: Never.self) { try rule.validate() }
    }

    /// A recipe's numbers reach the rule that it names, and no other.
    @Test(arguments: OptimizerSettings.Kind.allCases)
    func settingsMakeTheirRule(kind: OptimizerSettings.Kind) {
        let rule = OptimizerSettings(kind: kind, learningRate: 0.25, weightDecay: 0.125).rule
        #expect(rule.name == kind.rawValue)
        #expect((rule.learningRate, rule.weightDecay) == (0.25, 0.125))
        #expect((rule as? Muon)?.momentum ?? 0.95 == 0.95)
        #expect(throws: Never.self) { try rule.validate() }
    }
}
