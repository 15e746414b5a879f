using System.Diagnostics.Metrics;
using Sigma.Evaluator.Rules;
using Sigma.Storage;
using Sigma.Storage.Counting;

namespace Sigma.Evaluator.Coverage;

/// <summary>Measures every 15 s how far behind the covered time is, and how many keys have events.</summary>
internal sealed class CoverageLag(Database database, CoverageLog coverage, RuleBook book, TimeProvider time, ILogger<CoverageLag> log)
    : RepeatedCount("Coverage cannot be measured", log)
{
    volatile IReadOnlyList<(string Source, long CoveredTo)> _covered = [];
    long _keys;

    protected override void Begin()
    {
        // It grows by itself while the database cannot be asked.
        EvaluatorTelemetry.ObserveCoverageLag(() => _covered.Select(c =>
            new Measurement<double>((time.Milliseconds() - c.CoveredTo) / 1000d, new KeyValuePair<string, object?>("source", c.Source))));
        EvaluatorTelemetry.ObserveKeys(() => Interlocked.Read(ref _keys));
    }

    protected override async Task Count(CancellationToken ct)
    {
        List<(string, long)> all = [];
        foreach (var source in book.Now.Counting.Where(r => r.Lines is null).Select(r => r.Source).Distinct())
            if (await coverage.Covered(source, ct) is { } coveredRange)
                all.Add((source, coveredRange.To));
        _covered = all;
        await using var session = await database.Begin(ct);
        // A loose scan of the primary key: it costs as many steps as there are keys, not events.
        Interlocked.Exchange(ref _keys,
            await session.First<long>("select count(*) from (select trigger_id from evaluator_window group by trigger_id) seen", null, ct));
    }
}
