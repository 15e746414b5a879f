using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Sigma.IntegrationTests.Secrets;

/// <summary>Everything a process tells the outside of itself: each log line with its fields and its exception, each span, each measurement.</summary>
internal sealed class ProcessOutput : ILoggerProvider
{
    readonly ConcurrentQueue<string> _all = new();
    readonly ActivityListener _spans;
    readonly MeterListener _measurements;

    public ProcessOutput()
    {
        _spans = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped =
                span => Add($"span {span.Source.Name} {span.DisplayName} {span.StatusDescription} {Tags(span.TagObjects)} {Tags(span.Baggage!)} "
                + string.Join(' ', span.Events.Select(e => $"{e.Name} {Tags(e.Tags)}"))),
        };
        ActivitySource.AddActivityListener(_spans);
        _measurements = new MeterListener { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        _measurements.SetMeasurementEventCallback<long>((instrument,
            _, tags, _) => Add($"metric {instrument.Meter.Name} {instrument.Name} {Tags(tags.ToArray())}"));
        _measurements.SetMeasurementEventCallback<int>((instrument,
            _, tags, _) => Add($"metric {instrument.Meter.Name} {instrument.Name} {Tags(tags.ToArray())}"));
        _measurements.SetMeasurementEventCallback<double>((instrument, _, tags,
            _) => Add($"metric {instrument.Meter.Name} {instrument.Name} {Tags(tags.ToArray())}"));
        _measurements.Start();
    }

    public IReadOnlyCollection<string> All => _all;

    public void Add(string text) => _all.Enqueue(text);

    public ILogger CreateLogger(string categoryName) => new Log(this, categoryName);

    public void Dispose()
    {
        _spans.Dispose();
        _measurements.Dispose();
    }

    static string Tags<T>(IEnumerable<KeyValuePair<string, T>> tags) => string.Join(' ', tags.Select(tag => $"{tag.Key}={tag.Value}"));

    sealed class Log(ProcessOutput processOutput, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            processOutput.Add($"scope {state}");
            return null;
        }

        public bool IsEnabled(LogLevel level) => true;

        void ILogger.Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> format) =>
            processOutput.Add(
                $"log {level} {category}: {format(state, exception)} "
                    + $"{(state is IEnumerable<KeyValuePair<string, object?>> fields ? Tags(fields) : "")} {exception}");
    }
}

/// <summary>Listens to the whole process, in which the AMQP client then writes a trace context on what other tests send: so by itself.</summary>
[CollectionDefinition(nameof(ProcessOutput), DisableParallelization = true)]
public sealed class ProcessOutputCollection;
