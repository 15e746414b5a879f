using System.Text;
using System.Text.Json;
using MassTransit.Serialization;
using Microsoft.Extensions.Options;
using Sigma.Fetcher.Coverage;
using Sigma.Fetcher.Events;
using Sigma.Fetcher.Publishing;

namespace Sigma.Fetcher.Polling;

/// <summary>
/// Reads and splits a synthetic answer at start, so that the code of the first real one is compiled before. Nothing leaves the process.
/// </summary>
internal sealed class ReaderWarmup(EventReader reader, IOptions<FetcherOptions> options, ILogger<ReaderWarmup> log) : IHostedService
{
    const string Record = """{"id":"rehearsal","accountId":1,"cuc":"ALR","code":"E130","occurrenceId":"1","eventDate":"2026-01-01T00:00:00.000Z"}""";

    public async Task StartAsync(CancellationToken ct)
    {
        try
        {
            var slice = new Slice(0, 1000);
            using var body = new MemoryStream(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(Record, 200))}]"));
            var answer = await reader.Read(body, slice, int.MaxValue, ct);
            var known = new HashSet<string>();
            SliceParts.Fingerprint(answer.Events, known);
            foreach (var part in SliceParts.Cut(options.Value.Source, slice, answer.Events, known))
                JsonSerializer.SerializeToUtf8Bytes(part, SystemTextJsonMessageSerializer.Options);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogDebug("The warm-up ended early; the first messages take longer: {Reason}", e.Message);
        }
    }

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;
}
