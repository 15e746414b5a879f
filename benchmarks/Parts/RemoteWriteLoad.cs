using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Sigma.Benchmarks.Broker;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Services;
using Sigma.Contracts;
using Sigma.Gateway.Protobuf;
using Snappier;

namespace Sigma.Benchmarks.Parts;

/// <summary>Samples that a Prometheus writes to the gateway: how many are with the broker a second?</summary>
internal static class RemoteWriteLoad
{
    const string Part = "Gateway, samples by remote write", Key = "key-of-the-benchmark";
    const int Series = 20_000, SamplesOfRequest = 2_000, Senders = 4;

    public static async Task Run(BenchmarkServers servers, CommandLine wanted, Report report, CancellationToken ct)
    {
        await using var station = await BenchmarkStation.Create(servers, "remote-write", ct, subscribes: false);
        await using var drain = await NewsDrain.Open(station.Broker, nameof(SamplesReported), ct);
        var gateway = station.Start("gateway", "Sigma.Gateway.dll", ("Gateway__Integrations__0__Name", "prometheus"),
            ("Gateway__Integrations__0__Kind", "metrics"), ("Gateway__Integrations__0__Key", Key),
            ("Gateway__Integrations__0__RatePerSecond", "1000000"), ("Gateway__Integrations__0__Burst", "1000000"));
        await gateway.Ready(ct);
        using HttpClient http = new() { BaseAddress = gateway.Url, Timeout = TimeSpan.FromMinutes(1) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        var bodies = Bodies();
        await Send(http, bodies, TimeSpan.FromSeconds(2), ct); // until it is compiled
        var seconds = wanted.Seconds ?? 30;
        Progress.Say($"{Part}: for {seconds} s");
        gateway.Memory.Begin();
        var processors = ProcessorTime.Begin(servers, station.Services);
        var started = Stopwatch.GetTimestamp();
        var samples = await Send(http, bodies, TimeSpan.FromSeconds(seconds), ct) * SamplesOfRequest;
        report.Add(
            new Figure(Part, "samples a second, with the broker", samples / Stopwatch.GetElapsedTime(started).TotalSeconds, "/s")
                { AtLeast = 50_000 },
            new Figure(Part, "published", drain.Bytes / 1048576d, "MB"));
        report.Add([.. processors.Figures(Part, samples)]);
        report.Add([.. gateway.Memory.Figures(Part, gateway.Name, judgeGrowth: false, MemorySamples.MostOfGateway)]);
        report.Note(string.Create(CultureInfo.InvariantCulture,
            $"Remote write: version 1.0, {SamplesOfRequest:#,0} samples a request, of {Series:#,0} series, by {Senders} senders. ")
            + "What is published is taken and thrown away; what the archive does with it is in \"samples\".");
    }

    static async Task<long> Send(HttpClient http, byte[][] bodies, TimeSpan lasts, CancellationToken ct)
    {
        var (started, next, sent) = (Stopwatch.GetTimestamp(), -1, 0L);
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(started) < lasts)
            {
                using ByteArrayContent body = new(bodies[Interlocked.Increment(ref next) % bodies.Length]);
                body.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
                body.Headers.ContentEncoding.Add("snappy");
                using var answer = await http.PostAsync("api/v1/write", body, ct);
                answer.EnsureSuccessStatusCode();
                Interlocked.Increment(ref sent);
            }
        }));
        return sent;
    }

    static byte[][] Bodies()
    {
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        return [.. Enumerable.Range(0, Series).Chunk(SamplesOfRequest).Select(numbers =>
        {
            ProtobufWriter request = new();
            foreach (var number in numbers)
                request.Message(1, OfSeries(number).Message(2, new ProtobufWriter().Double(1, number * 1.5).Number(2, at)));
            return Snappy.CompressToArray(request.Written.Span);
        })];
    }

    // As a node exporter's: a name and six labels.
    static ProtobufWriter OfSeries(int number)
    {
        ProtobufWriter series = new();
        var host = string.Create(CultureInfo.InvariantCulture, $"host-{number / 100:0000}.example.com:9100");
        foreach (var (name, value) in new[] { ("__name__", $"node_metric_{number % 100}_total"), ("cpu", $"{number % 4}"), ("env", "production"),
            ("instance", host), ("job", "node"), ("mode", number % 2 == 0 ? "user" : "system"), ("region", "south-1") })
            series.Message(1, new ProtobufWriter().Text(1, name).Text(2, value));
        return series;
    }
}
