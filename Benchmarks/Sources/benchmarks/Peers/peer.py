"""The Python side of a benchmark: does one job as often as it is told to, and says how long it took.

usage: python3 -c SOURCE JOB [ARGUMENT ...]

It says {"ready": true, "versions": ...}, then answers each line of standard input, a number of
repetitions, with a line of JSON: the seconds that they took, and this process's resident memory.
"""
import json
import sys
import time

import numpy as np


def arrays(program, device, workers):
    """Calls `add` with NumPy arrays; the result becomes a NumPy array."""
    import iree.runtime as rt

    context = load(rt, program, device, workers)
    add = context.modules.benchmark["add"]
    a = np.array([1, 2, 3, 4], dtype=np.float32)
    b = np.array([10, 20, 30, 40], dtype=np.float32)
    assert add(a, b).to_host().tolist() == [11, 22, 33, 44]

    def job(count):
        for _ in range(count):
            add(a, b).to_host()

    return job


def function(name, count, low, high, arity):
    """Computes a function of NumPy's for many numbers of `float64`."""
    numbers = np.linspace(float(low), float(high), int(count))
    arguments = [numbers] * int(arity)
    return calls(getattr(np, name), arguments)


def tensors(name, count, low, high, arity, element_type, threads):
    """Computes a function of PyTorch's for many numbers."""
    import torch

    torch.set_num_threads(int(threads))
    numbers = torch.linspace(float(low), float(high), int(count), dtype=getattr(torch, element_type))
    arguments = [numbers] * int(arity)
    return calls(getattr(torch, name), arguments)


def calls(compute, arguments):
    """The job of computing one thing again and again."""

    def job(count):
        for _ in range(count):
            compute(*arguments)

    return job


def matmul(size, element):
    """Multiplies two square matrices with NumPy, on as many threads as the environment says."""
    scalar = {"f32": np.float32, "f64": np.float64}[element]
    a = (np.arange(int(size) ** 2, dtype=scalar) % 7).reshape(int(size), int(size))
    b = (np.arange(int(size) ** 2, dtype=scalar) % 5).reshape(int(size), int(size))

    def job(count):
        for _ in range(count):
            a @ b

    return job


def parameters(program, archive, workers):
    """Loads a program with a file of parameters, and keeps the last one."""
    import iree.runtime as rt

    config = configure(rt, workers)
    kept = []

    def job(count):
        for _ in range(count):
            kept.clear()
            index = rt.ParameterIndex()
            index.load(archive)
            provider = index.create_provider(scope="model")
            module = rt.create_io_parameters_module(config.vm_instance, provider)
            context = rt.SystemContext(config=config)
            context.add_vm_modules([module, rt.VmModule.mmap(config.vm_instance, program)])
            kept.append(context)

    return job


def program(path, workers):
    """Loads a program."""
    import iree.runtime as rt

    config = configure(rt, workers)

    def job(count):
        for _ in range(count):
            context = rt.SystemContext(config=config)
            context.add_vm_module(rt.VmModule.mmap(config.vm_instance, path))

    return job


def configure(rt, workers, device="local-task"):
    rt.flags.parse_flags(f"--task_topology_group_count={workers}")
    return rt.Config(device)


def load(rt, path, device, workers):
    config = configure(rt, workers, device)
    context = rt.SystemContext(config=config)
    context.add_vm_module(rt.VmModule.mmap(config.vm_instance, path))
    return context


def resident_memory():
    """The process's resident memory: what is its own, what is files', the most there ever was."""
    fields = dict(line.split(":", 1) for line in open("/proc/self/status") if ":" in line)
    return {
        name: int(fields[key].split()[0]) * 1024
        for name, key in [("anonymous", "RssAnon"), ("file", "RssFile"), ("peak", "VmHWM")]
    }


def reset_peak():
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def say(message):
    print(json.dumps(message), flush=True)


def main():
    name, *arguments = sys.argv[1:]
    jobs = {job.__name__: job for job in (arrays, function, tensors, matmul, parameters, program)}
    job = jobs[name](*arguments)
    say({"ready": True, "memory": resident_memory()})
    for line in sys.stdin:
        count = int(line)
        reset_peak()
        start = time.perf_counter()
        job(count)
        seconds = time.perf_counter() - start
        say({"seconds": seconds, "memory": resident_memory()})


main()
