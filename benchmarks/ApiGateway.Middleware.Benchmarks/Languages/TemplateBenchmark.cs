using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Languages.Templates;
using ApiGateway.Middleware.Languages.Templates.Variables;
using ApiGateway.Middleware.Languages.Values;
using BenchmarkDotNet.Attributes;

namespace ApiGateway.Middleware.Benchmarks.Languages;

/// <summary>What does a mapping template cost, with its payload read from bytes each time, and read ahead?</summary>
[MemoryDiagnoser]
public class TemplateBenchmark
{
    private readonly PooledBufferWriter _output = new();
    private byte[] _body = [];
    private Template _template = null!;
    private GatewayScope _readAhead = null!;

    /// <summary>Gets or sets the sample: an order of 2 KB, a loop over 1,000 items, the payload passed through.</summary>
    [Params("order", "loop", "pass")]
    public string Sample { get; set; } = "order";

    [GlobalSetup]
    public void Setup()
    {
        _body = Samples.BodyOf(Sample);
        _template = Samples.Template(Sample);
        _readAhead = NewScope();
    }

    [GlobalCleanup]
    public void Cleanup() => _output.Dispose();

    /// <summary>The least that could be done: the payload copied.</summary>
    [Benchmark(Baseline = true)]
    public int Copy()
    {
        _output.Truncate(0);
        _output.Write(_body);
        return _output.Length;
    }

    [Benchmark]
    public int Render()
    {
        _output.Truncate(0);
        _template.Render(NewScope(), _output);
        return _output.Length;
    }

    [Benchmark]
    public int RenderReadAhead()
    {
        _output.Truncate(0);
        _template.Render(_readAhead, _output);
        return _output.Length;
    }

    private GatewayScope NewScope() => new(new(new JsonBody(_body), ParameterSource.Empty), null, null);
}
