using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Sigma.Gateway.Protobuf;
using Snappier;

namespace Sigma.ServiceTests.Archive;

/// <summary>
/// A server that takes remote write 1.0 as strictly as Prometheus does: headers, sorted labels, the order of times; and answers as it is told.
/// </summary>
internal sealed class RemoteWriteServer : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly Lock _lock = new();
    readonly Dictionary<string, long> _newest = [];
    readonly List<string> _taken = [];

    RemoteWriteServer(WebApplication app) => _app = app;

    public string Address => $"{_app.Urls.First()}/api/v1/write";

    /// <summary>Statuses of the next answers, in the place of taking anything.</summary>
    public Queue<int> Answers { get; } = new();

    public int Requests { get; private set; }

    /// <summary>Series, time and value of each sample, in the order they came.</summary>
    public IReadOnlyList<string> Taken
    {
        get
        {
            lock (_lock)
                return [.. _taken];
        }
    }

    public static async Task<RemoteWriteServer> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        RemoteWriteServer server = new(app);
        app.Run(server.Answer);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task Answer(HttpContext http)
    {
        using MemoryStream body = new();
        await http.Request.Body.CopyToAsync(body);
        lock (_lock)
        {
            Requests++;
            http.Response.StatusCode = Answers.TryDequeue(out var status) ? status : Take(http.Request, body.ToArray());
            if (http.Response.StatusCode is 429 or 503)
                http.Response.Headers.RetryAfter = "1";
        }
    }

    int Take(HttpRequest request, byte[] body)
    {
        if (request.ContentType != "application/x-protobuf" || request.Headers.ContentEncoding != "snappy"
            || request.Headers["X-Prometheus-Remote-Write-Version"] != "0.1.0")
            return StatusCodes.Status415UnsupportedMediaType;
        var samples = Read(Snappy.DecompressToArray(body));
        // All or nothing, as Prometheus' appender.
        if (samples.Any(sample => _newest.TryGetValue(sample.Series, out var newest) && sample.At < newest))
            return StatusCodes.Status400BadRequest;
        foreach (var (series, at, value) in samples)
        {
            _newest[series] = at;
            _taken.Add($"{series} {at} {value}");
        }
        return StatusCodes.Status204NoContent;
    }

    static List<(string Series, long At, double Value)> Read(ReadOnlySpan<byte> bytes)
    {
        List<(string, long, double)> samples = [];
        ProtobufReader request = new(bytes);
        while (request.Next())
        {
            var series = request.Message();
            List<string> labels = [];
            List<(long At, double Value)> points = [];
            while (series.Next())
                if (series.Field == 1)
                {
                    var label = series.Message();
                    var (name, value) = ("", "");
                    while (label.Next())
                        if (label.Field == 1)
                            name = Encoding.UTF8.GetString(label.Bytes());
                        else
                            value = Encoding.UTF8.GetString(label.Bytes());
                    labels.Add($"{name}={value}");
                }
                else
                {
                    var sample = series.Message();
                    var (at, value) = (0L, 0.0);
                    while (sample.Next())
                        if (sample.Field == 1)
                            value = sample.Double();
                        else
                            at = sample.Int64();
                    points.Add((at, value));
                }
            Assert.Equal(labels.Order(StringComparer.Ordinal), labels);
            Assert.Equal(points.Order(), points);
            samples.AddRange(points.Select(point => (string.Join(',', labels), point.At, point.Value)));
        }
        return samples;
    }
}
