using System.Diagnostics.Metrics;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Coverage;

/// <summary>Measures once a minute how far behind the covered time is, and how many keys have events.</summary>
internal sealed class CoverageLag(Database database, CoverageLog coverage, RuleSet rules, TimeProvider time, ILogger<CoverageLag> log) : BackgroundService
{
    volatile IReadOnlyList<Measurement<double>> _lags = [];
    long _keys;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        EvaluatorTelemetry.ObserveCoverageLag(() => _lags);
        EvaluatorTelemetry.ObserveKeys(() => Interlocked.Read(ref _keys));
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        try
        {
            do
                await Measure(stop);
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping
        }
    }

    async Task Measure(CancellationToken ct)
    {
        try
        {
            List<Measurement<double>> lags = [];
            foreach (var source in rules.All.Select(r => r.Source).Distinct())
                if (await coverage.Covered(source, ct) is { } covered)
                    lags.Add(new((time.Milliseconds() - covered.To) / 1000d, new KeyValuePair<string, object?>("source", source)));
            _lags = lags;
            await using var session = await database.Begin(ct);
            // A loose scan of ix_evaluator_window_count: it costs as many steps as there are keys, not events.
            Interlocked.Exchange(ref _keys, await session.First<long>("select count(*) from (select trigger_id from evaluator_window group by trigger_id) seen", null, ct));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogDebug("Coverage could not be measured: {Reason}", e.Message);
        }
    }
}
