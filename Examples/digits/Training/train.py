"""Trains the digit classifier of this example and writes its weights and test data.

    python train.py                    train, print the test accuracy, write the weights and data
    python train.py --cross-validate   judge the constants below on training images; write nothing

The test images take no part in training, nor in the choice of any constant: that is what the cross
validation is for. They come from the same writers as the training images, so the accuracy says
nothing about a stranger's hand.

The network, with the shapes of one image (height x width x channels):

    pixels    8x8x1    0...16, divided by 16
    conv1     8x8x16   3x3 window, zero padding, ReLU
    conv2     8x8x32   3x3 window, zero padding, ReLU
    pool      4x4x32   maximum of each 2x2 block
    hidden    64       each unit sees all of pool, ReLU
    scores    10       one per digit

Everything is written out in NumPy, gradients included: the network is small enough for that, and
the forward pass here is then an independent statement of what ../Model/digits.mlir computes. Array
layouts are those of the StableHLO text: images NHWC, convolution weights HWIO.

Rerunning on the same machine gives the same bytes: one seed, fixed versions, one BLAS thread. On
another processor products may round differently, which ends in other weights of the same quality.
"""

import argparse
import dataclasses
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from sklearn.datasets import load_digits
from sklearn.model_selection import StratifiedKFold, train_test_split
from threadpoolctl import threadpool_limits

SEED = 8
TEST_COUNT = 360  # a fifth
EPOCHS = 60
BATCH_SIZE = 32
PEAK_LEARNING_RATE = 3e-3
WEIGHT_DECAY = 0.1

EXAMPLE = Path(__file__).resolve().parent.parent

Parameters = dict[str, np.ndarray]


@dataclasses.dataclass(frozen=True)
class Samples:
    """Images (N x 8 x 8, float32, 0...16) and the digit each one shows (N, int32)."""

    images: np.ndarray
    labels: np.ndarray

    def __getitem__(self, rows: np.ndarray) -> "Samples":
        return Samples(self.images[rows], self.labels[rows])

    def __len__(self) -> int:
        return len(self.labels)


def split_digits() -> tuple[Samples, Samples]:
    """All 1,797 digits, as training and test samples with equal shares of every digit."""
    digits = load_digits()
    samples = Samples(digits.images.astype(np.float32), digits.target.astype(np.int32))
    training_rows, test_rows = train_test_split(
        np.arange(len(samples)), test_size=TEST_COUNT, stratify=samples.labels, random_state=SEED
    )
    return samples[training_rows], samples[test_rows]


# --- The network: each step and its gradient -----------------------------------------------------


def initial_parameters(random: np.random.Generator) -> Parameters:
    """Weights scaled by their fan-in (He initialisation, which suits ReLU) and biases of zero."""

    def weight(*shape: int) -> np.ndarray:
        fan_in = np.prod(shape[:-1])
        return (random.standard_normal(shape) * np.sqrt(2 / fan_in)).astype(np.float32)

    return {
        "conv1.weight": weight(3, 3, 1, 16),
        "conv1.bias": np.zeros(16, np.float32),
        "conv2.weight": weight(3, 3, 16, 32),
        "conv2.bias": np.zeros(32, np.float32),
        "hidden.weight": weight(4, 4, 32, 64),
        "hidden.bias": np.zeros(64, np.float32),
        "scores.weight": weight(64, 10),
        "scores.bias": np.zeros(10, np.float32),
    }


def windows(images: np.ndarray) -> np.ndarray:
    """Every pixel's zero-padded surroundings: N x H x W x C becomes N x H x W x 3 x 3 x C."""
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)))
    views = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2))
    return views.transpose(0, 1, 2, 4, 5, 3)


def convolve(images: np.ndarray, weight: np.ndarray) -> np.ndarray:
    return np.tensordot(windows(images), weight, axes=3)


def convolve_weight_gradient(images: np.ndarray, gradient: np.ndarray) -> np.ndarray:
    return np.tensordot(windows(images), gradient, axes=([0, 1, 2], [0, 1, 2]))


def convolve_input_gradient(weight: np.ndarray, gradient: np.ndarray) -> np.ndarray:
    """Again a convolution: the window turned by half a turn, its two channel axes exchanged."""
    return convolve(gradient, weight[::-1, ::-1].transpose(0, 1, 3, 2))


def blocks(images: np.ndarray) -> np.ndarray:
    """The 2x2 blocks of every image: N x H x W x C becomes N x H/2 x 2 x W/2 x 2 x C."""
    count, height, width, channels = images.shape
    return images.reshape(count, height // 2, 2, width // 2, 2, channels)


def max_pool(images: np.ndarray) -> np.ndarray:
    return blocks(images).max(axis=(2, 4))


def max_pool_gradient(images: np.ndarray, gradient: np.ndarray) -> np.ndarray:
    """The gradient of each block goes to its maximum; equal maxima share it."""
    is_maximum = blocks(images) == max_pool(images)[:, :, None, :, None]
    share = is_maximum / is_maximum.sum(axis=(2, 4), keepdims=True, dtype=np.float32)
    return (share * gradient[:, :, None, :, None]).reshape(images.shape)


@dataclasses.dataclass(frozen=True)
class Activations:
    """What each step of the forward pass gave; the backward pass needs all of it."""

    pixels: np.ndarray
    conv1: np.ndarray
    conv2: np.ndarray
    pool: np.ndarray
    hidden: np.ndarray
    scores: np.ndarray


def forward(parameters: Parameters, images: np.ndarray) -> Activations:
    def activate(name: str, products: np.ndarray) -> np.ndarray:
        return np.maximum(products + parameters[f"{name}.bias"], 0)

    pixels = images[..., None] / np.float32(16)
    conv1 = activate("conv1", convolve(pixels, parameters["conv1.weight"]))
    conv2 = activate("conv2", convolve(conv1, parameters["conv2.weight"]))
    pool = max_pool(conv2)
    hidden = activate("hidden", np.tensordot(pool, parameters["hidden.weight"], axes=3))
    scores = hidden @ parameters["scores.weight"] + parameters["scores.bias"]
    return Activations(pixels, conv1, conv2, pool, hidden, scores)


def softmax(scores: np.ndarray) -> np.ndarray:
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def gradients(parameters: Parameters, batch: Samples) -> Parameters:
    """Gradient of the batch's mean cross-entropy with respect to every parameter."""
    step = forward(parameters, batch.images)
    result: Parameters = {}

    one_hot = np.eye(10, dtype=np.float32)[batch.labels]
    gradient = (softmax(step.scores) - one_hot) / np.float32(len(batch))
    result["scores.weight"] = step.hidden.T @ gradient
    result["scores.bias"] = gradient.sum(axis=0)

    gradient = (gradient @ parameters["scores.weight"].T) * (step.hidden > 0)
    result["hidden.weight"] = np.tensordot(step.pool, gradient, axes=([0], [0]))
    result["hidden.bias"] = gradient.sum(axis=0)

    gradient = np.tensordot(gradient, parameters["hidden.weight"], axes=([1], [3]))
    gradient = max_pool_gradient(step.conv2, gradient) * (step.conv2 > 0)
    result["conv2.weight"] = convolve_weight_gradient(step.conv1, gradient)
    result["conv2.bias"] = gradient.sum(axis=(0, 1, 2))

    gradient = convolve_input_gradient(parameters["conv2.weight"], gradient) * (step.conv1 > 0)
    result["conv1.weight"] = convolve_weight_gradient(step.pixels, gradient)
    result["conv1.bias"] = gradient.sum(axis=(0, 1, 2))
    return result


# --- Training ------------------------------------------------------------------------------------


def shifted(images: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Each image moved by at most one pixel each way: where a digit sits must not matter."""
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    views = np.lib.stride_tricks.sliding_window_view(padded, (8, 8), axis=(1, 2))
    rows, columns = random.integers(0, 3, size=(2, len(images)))
    return views[np.arange(len(images)), rows, columns]


def batches(samples: Samples, random: np.random.Generator) -> Iterator[Samples]:
    """One epoch: every sample once, in random order, slightly moved."""
    order = random.permutation(len(samples))
    for start in range(0, len(samples), BATCH_SIZE):
        batch = samples[order[start : start + BATCH_SIZE]]
        yield Samples(shifted(batch.images, random), batch.labels)


class AdamW:
    """Adam with decoupled weight decay (Loshchilov & Hutter, 2019); updates parameters in place."""

    def __init__(self, parameters: Parameters):
        self.parameters = parameters
        self.means = {name: np.zeros_like(value) for name, value in parameters.items()}
        self.squares = {name: np.zeros_like(value) for name, value in parameters.items()}
        self.steps = 0

    def step(self, gradients: Parameters, learning_rate: float) -> None:
        self.steps += 1
        mean_correction = 1 - 0.9**self.steps
        square_correction = 1 - 0.999**self.steps
        for name, gradient in gradients.items():
            parameter, mean, square = self.parameters[name], self.means[name], self.squares[name]
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient**2 - square)
            direction = mean / mean_correction / (np.sqrt(square / square_correction) + 1e-8)
            if name.endswith(".weight"):
                direction += WEIGHT_DECAY * parameter
            parameter -= learning_rate * direction


def train(samples: Samples) -> Parameters:
    """A fixed number of epochs, the learning rate falling to zero along half a cosine."""
    random = np.random.default_rng(SEED)
    parameters = initial_parameters(random)
    optimizer = AdamW(parameters)
    for epoch in range(EPOCHS):
        learning_rate = PEAK_LEARNING_RATE * (1 + math.cos(math.pi * epoch / EPOCHS)) / 2
        for batch in batches(samples, random):
            optimizer.step(gradients(parameters, batch), learning_rate)
    return parameters


def correct_count(parameters: Parameters, samples: Samples) -> int:
    labels = forward(parameters, samples.images).scores.argmax(axis=1)
    return int((labels == samples.labels).sum())


def cross_validate(samples: Samples) -> None:
    """Five models, each judged on the fifth of the training samples that it did not see."""
    folds = StratifiedKFold(n_splits=5, shuffle=True, random_state=SEED)
    total = 0
    for number, (seen, unseen) in enumerate(folds.split(samples.images, samples.labels), start=1):
        correct = correct_count(train(samples[seen]), samples[unseen])
        print(f"fold {number}: {correct} of {len(unseen)} correct", flush=True)
        total += correct
    print(f"all folds: {total} of {len(samples)} correct ({total / len(samples):.2%})")


def write_files(parameters: Parameters, test: Samples) -> None:
    save_file(parameters, EXAMPLE / "Model" / "digits.safetensors")
    np.save(EXAMPLE / "Data" / "test-images.npy", test.images)
    np.save(EXAMPLE / "Data" / "test-labels.npy", test.labels)


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the digit classifier of this example.")
    parser.add_argument(
        "--cross-validate",
        action="store_true",
        help="judge the training constants on the training samples alone and write nothing",
    )
    arguments = parser.parse_args()

    training, test = split_digits()
    with threadpool_limits(limits=1, user_api="blas"):
        if arguments.cross_validate:
            cross_validate(training)
            return
        parameters = train(training)
        correct = correct_count(parameters, test)
    print(f"{correct} of {len(test)} test images correct ({correct / len(test):.2%})")
    write_files(parameters, test)


if __name__ == "__main__":
    main()
