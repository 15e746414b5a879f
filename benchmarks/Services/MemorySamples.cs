using System.Diagnostics;
using Sigma.Benchmarks.Figures;

namespace Sigma.Benchmarks.Services;

/// <summary>A process's resident memory, looked at twice a second.</summary>
internal sealed class MemorySamples : IAsyncDisposable
{
    /// <summary>A gateway holds what is in hand of every sender, in MB.</summary>
    public const double MostOfGateway = 256;

    const double Megabyte = 1 << 20;

    readonly Process _process;
    readonly List<double> _samples = [];
    readonly CancellationTokenSource _stop = new();
    readonly Task _sampling;

    public MemorySamples(Process process)
    {
        _process = process;
        _sampling = Sample();
    }

    /// <summary>Forgets what was seen so far: a new part begins.</summary>
    public void Begin()
    {
        lock (_samples)
            _samples.Clear();
    }

    public double Now
    {
        get
        {
            lock (_samples)
                return _samples.Count == 0 ? 0 : _samples[^1];
        }
    }

    public double Most
    {
        get
        {
            lock (_samples)
                return _samples.Count == 0 ? 0 : _samples.Max();
        }
    }

    /// <summary>Judged: the largest, and when it was watched for long enough, how much the last quarter lies above the second.</summary>
    public IEnumerable<Figure> Figures(string part, string service, bool judgeGrowth, double most = 200)
    {
        double[] seen;
        lock (_samples)
            seen = [.. _samples];
        if (seen.Length < 4)
            yield break;
        yield return new Figure(part, $"memory of the {service}, least", seen.Min(), "MB");
        yield return new Figure(part, $"memory of the {service}, most", seen.Max(), "MB") { AtMost = most };
        yield return new Figure(part, $"memory of the {service}, at the end", seen[^1], "MB");
        if (judgeGrowth)
            yield return new Figure(part, $"memory of the {service}, last quarter above the second", Math.Max(0, Quarter(seen, 3) - Quarter(seen, 1)),
                "MB") { AtMost = 15 };
    }

    /// <summary>Judged: how far the largest lies above the least.</summary>
    public Figure Spread(string part, string service, double atMost)
    {
        lock (_samples)
            return new Figure(part, $"memory of the {service}, from least to most", _samples.Count == 0 ? 0 : _samples.Max() - _samples.Min(), "MB")
                { AtMost = atMost };
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sampling;
        _stop.Dispose();
    }

    static double Quarter(double[] seen, int number) => seen.Skip(number * seen.Length / 4).Take(seen.Length / 4).Average();

    async Task Sample()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                _process.Refresh();
                if (_process.HasExited)
                    return;
                lock (_samples)
                    _samples.Add(_process.WorkingSet64 / Megabyte);
            }
        }
        catch (OperationCanceledException)
        {
            // the process is being stopped
        }
    }
}
