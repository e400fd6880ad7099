#include "csentencepiece.h"

#include <sentencepiece_processor.h>
#include <sentencepiece_trainer.h>

#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

struct csentencepiece_model {
    sentencepiece::SentencePieceProcessor processor;
};

namespace {

// Texts that lie in memory, one after the other.
class Texts : public sentencepiece::SentenceIterator {
public:
    Texts(const char *const *texts, size_t count) : texts_(texts, texts + count) { read(); }
    bool done() const override { return place_ >= texts_.size(); }
    void Next() override {
        ++place_;
        read();
    }
    const std::string &value() const override { return value_; }
    sentencepiece::util::Status status() const override { return {}; }

private:
    void read() {
        if (!done()) value_ = texts_[place_];
    }

    std::vector<const char *> texts_;
    size_t place_ = 0;
    std::string value_;
};

void require(const sentencepiece::util::Status &status) {
    if (!status.ok()) throw std::runtime_error(status.ToString());
}

template <typename Value> Value *copied(const Value *values, size_t count) {
    auto *memory = static_cast<Value *>(std::malloc(count > 0 ? count * sizeof(Value) : 1));
    if (memory == nullptr) throw std::bad_alloc();
    std::memcpy(memory, values, count * sizeof(Value));
    return memory;
}

template <typename Body> int guarded(char **message, Body body) noexcept {
    try {
        body();
        return 0;
    } catch (const std::exception &error) {
        *message = strdup(error.what());
    } catch (...) {
        *message = strdup("an unknown C++ exception");
    }
    return 1;
}

}  // namespace

void csentencepiece_free(void *memory) { std::free(memory); }

int csentencepiece_train(
    const char *const *texts, size_t count, int pieces, uint8_t **model, size_t *bytes,
    char **message) {
    return guarded(message, [&] {
        Texts all(texts, count);
        std::string found;
        // Rare characters are spelled in bytes. One thread, so that the same texts always give the same
        // pieces.
        require(
            sentencepiece::SentencePieceTrainer::Train(
                {{"model_type", "unigram"},
                 {"vocab_size", std::to_string(pieces)},
                 {"hard_vocab_limit", "false"},
                 {"character_coverage", "0.9995"},
                 {"byte_fallback", "true"},
                 {"normalization_rule_name", "nmt_nfkc_cf"},
                 {"num_threads", "1"},
                 {"minloglevel", "2"}},
                &all, &found));
        *model = copied(reinterpret_cast<const uint8_t *>(found.data()), found.size());
        *bytes = found.size();
    });
}

int csentencepiece_open(
    const uint8_t *bytes, size_t count, csentencepiece_model **model, char **message) {
    return guarded(message, [&] {
        auto opened = std::make_unique<csentencepiece_model>();
        require(opened->processor.LoadFromSerializedProto(
            std::string_view(reinterpret_cast<const char *>(bytes), count)));
        *model = opened.release();
    });
}

void csentencepiece_close(csentencepiece_model *model) { delete model; }

int csentencepiece_piece_count(const csentencepiece_model *model) {
    return model->processor.GetPieceSize();
}

int csentencepiece_unknown(const csentencepiece_model *model) {
    return model->processor.unk_id();
}

int csentencepiece_encode(
    const csentencepiece_model *model, const char *text, size_t bytes, int32_t **pieces,
    size_t *count, char **message) {
    return guarded(message, [&] {
        std::vector<int> found;
        require(model->processor.Encode(std::string_view(text, bytes), &found));
        std::vector<int32_t> numbers(found.begin(), found.end());
        *pieces = copied(numbers.data(), numbers.size());
        *count = numbers.size();
    });
}
