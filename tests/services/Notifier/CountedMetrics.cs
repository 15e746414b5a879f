using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Notifier;

namespace Sigma.ServiceTests.Notifier;

/// <summary>The sums of one notifier's counters, by name and the values of their tags.</summary>
internal sealed class CountedMetrics : IDisposable
{
    readonly ConcurrentDictionary<string, long> _sums = new();
    readonly MeterListener _listener = new();

    public CountedMetrics(NotifierSession notifier)
    {
        var meter = notifier.Services.GetRequiredService<NotifierTelemetry>().InLineGauge.Meter;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == meter && instrument is Counter<long>)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _sums.AddOrUpdate(string.Join(' ', [instrument.Name, .. tags.ToArray().Select(t => t.Value)]), value, (_, sum) => sum + value));
        _listener.Start();
    }

    public long this[string nameAndTags] => _sums.GetValueOrDefault(nameAndTags);

    public void Dispose() => _listener.Dispose();
}
