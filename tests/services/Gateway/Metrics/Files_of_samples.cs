using System.Globalization;
using System.Net;
using Sigma.Contracts;
using Sigma.ServiceTests.Gateway.Senders;

namespace Sigma.ServiceTests.Gateway.Metrics;

/// <summary>
/// Every body of <c>tests/payloads/metrics</c> over HTTP, sent twice: what is answered, and each sample that comes out, as the README there says. A
/// sample that comes again is the same sample: of its series, at its time.
/// </summary>
public sealed class Files_of_samples
{
    const string Snappy = "application/x-protobuf";

    static readonly Dictionary<string, string[]> Expected = new()
    {
        ["remote-write-v1.snappy"] =
        [
            "up{instance=localhost:9090,job=prometheus} 1 1435781430781", "up{instance=localhost:9091,job=node} 0 1435781430781",
            "up{instance=localhost:9091,job=node} 1 1435781445781", // and no value for what is gone
        ],
        ["remote-write-v2.snappy"] = ["http_requests_total{instance=localhost:9090,job=prometheus} 1027 1435781430781"],
        ["otlp-metrics.json"] =
        [
            "my_counter{job=my.service,my_counter_attr=some value} 5 1544712660300",
            "my_gauge_ratio{job=my.service,my_gauge_attr=some value} 10 1544712660300",
            "my_histogram_bucket{job=my.service,le=1,my_histogram_attr=some value} 1 1544712660300",
            "my_histogram_bucket{job=my.service,le=+Inf,my_histogram_attr=some value} 2 1544712660300",
            "my_histogram_count{job=my.service,my_histogram_attr=some value} 2 1544712660300",
            "my_histogram_sum{job=my.service,my_histogram_attr=some value} 2 1544712660300",
            "my_exponential_histogram_bucket{job=my.service,le=0,my_exponential_histogram_attr=some value} 1 1544712660300",
            "my_exponential_histogram_bucket{job=my.service,le=8,my_exponential_histogram_attr=some value} 3 1544712660300",
            "my_exponential_histogram_bucket{job=my.service,le=+Inf,my_exponential_histogram_attr=some value} 3 1544712660300",
            "my_exponential_histogram_count{job=my.service,my_exponential_histogram_attr=some value} 3 1544712660300",
            "my_exponential_histogram_sum{job=my.service,my_exponential_histogram_attr=some value} 10 1544712660300",
        ],
        ["influx-line-protocol.txt"] =
        [
            "cpu_usage_system{host=A,region=west} 64 1590488773254", "cpu_usage_user{host=A,region=west} 10 1590488773254",
            "weather_temperature{location=us midwest} 82 1465839830100", "mem_free{} 12345 now", // neither the boolean nor the text is a number
        ],
        ["pushgateway.txt"] =
        [
            "some_metric{instance=some_instance,job=some_job,label=val1} 42 now",
            "another_metric{instance=some_instance,job=some_job} 2398.283 now",
        ],
    };

    [Theory]
    [InlineData("remote-write-v1.snappy", "/api/v1/write", Snappy, 204)]
    [InlineData("remote-write-v2.snappy", "/api/v1/write", Snappy + ";proto=io.prometheus.write.v2.Request", 204)]
    [InlineData("otlp-metrics.json", "/v1/metrics", "application/json", 200)]
    [InlineData("influx-line-protocol.txt", "/write", "text/plain", 204)]
    [InlineData("pushgateway.txt", "/metrics/job/some_job/instance/some_instance", "text/plain", 200)]
    public async Task Comes_to_its_samples(string file, string path, string type, int status)
    {
        await using var gateway = await SenderSession.Start();
        var begun = TimeProvider.System.GetUtcNow();
        for (var time = 0; time < 2; time++)
        {
            using var answer = await gateway.Send(HttpMethod.Post, path, Payload.Bytes($"metrics/{file}"), SenderSession.Metrics, type,
                type.StartsWith(Snappy, StringComparison.Ordinal) ? [("Content-Encoding", "snappy")] : []);
            Assert.Equal((HttpStatusCode)status, answer.StatusCode);
            if (file == "remote-write-v2.snappy")
                Assert.Equal(["1", "0"], new[] { "Samples", "Histograms" }.Select(what =>
                    answer.Headers.GetValues($"X-Prometheus-Remote-Write-{what}-Written").Single()));
        }
        // The push gateway adds when it was pushed.
        IReadOnlyList<string> Seen() => [.. gateway.News.Samples.Where(one => one.Sample.Series != "push_time_seconds")
            .Select(one => Word(one.Sample, begun))];
        var expected = Expected[file];
        await Await.Until(() => Task.FromResult(Seen().Count), count => count == 2 * expected.Length, $"{file} is published twice");
        Assert.Equal([.. expected, .. expected], Seen());
    }

    [Fact]
    public void All_files_of_the_folder_have_a_case() =>
        Assert.Equal(Payload.In("metrics").Order(StringComparer.Ordinal),
            Expected.Keys.Select(file => $"metrics/{file}").Order(StringComparer.Ordinal));

    static string Word(Sample sample, DateTimeOffset begun)
    {
        var labels = string.Join(',', sample.Labels.Where(label => label.Key != "site").OrderBy(label => label.Key, StringComparer.Ordinal)
            .Select(label => $"{label.Key}={label.Value}"));
        var at = sample.At >= begun.AddSeconds(-1) ? "now" : $"{sample.At.ToUnixTimeMilliseconds()}";
        return string.Create(CultureInfo.InvariantCulture, $"{sample.Series}{{{labels}}} {sample.Value:R} {at}");
    }
}
