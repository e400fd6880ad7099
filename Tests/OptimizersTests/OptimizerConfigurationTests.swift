import Foundation
import Optimizers
import Testing

@Suite struct OptimizerConfigurationTests {
    @Test(arguments: Samples.configurations)
    func codingKeepsEverything(configuration: OptimizerConfiguration) throws {
        let data = try JSONEncoder().encode(configuration)
        let found = try JSONDecoder().decode(OptimizerConfiguration.self, from: data)
        #expect(found == configuration)
        let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["kind"] as? String == configuration.kind.rawValue)
        #expect(object["learningRate"] as? Double == configuration.learningRate)
    }

    @Test func unknownKindIsRefused() {
        let data = Data(#"{"kind": "adagrad", "learningRate": 0.1}"#.utf8)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(OptimizerConfiguration.self, from: data)
        }
    }

    @Test(arguments: [
        (OptimizerConfiguration.adam(Adam(learningRate: -1)), "learningRate"),
        (.adam(Adam(beta1: 1)), "beta1"),
        (.adam(Adam(beta2: -0.1)), "beta2"),
        (.adamw(AdamW(epsilon: -1)), "epsilon"),
        (.adamw(AdamW(weightDecay: .nan)), "weightDecay"),
        (.sgd(SGD(momentum: 1)), "momentum"),
        (.rmsprop(RMSprop(alpha: 1.5)), "alpha"),
        (.adafactor(Adafactor(decayExponent: 0.8)), "decayExponent"),
        (.adafactor(Adafactor(clippingThreshold: 0)), "clippingThreshold"),
        (.adafactor(Adafactor(scaleEpsilon: .infinity)), "scaleEpsilon"),
    ])
    func badSettingIsNamed(configuration: OptimizerConfiguration, setting: String) {
        let error = #expect(throws: OptimizerError.self) { try configuration.validate() }
        #expect(error?.description.contains("'\(setting)'") == true)
    }

    @Test(arguments: Samples.configurations)
    func usualSettingsAreValid(configuration: OptimizerConfiguration) {
        #expect(throws: Never.self) { try configuration.validate() }
    }
}
