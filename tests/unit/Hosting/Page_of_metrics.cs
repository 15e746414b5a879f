extern alias hosting;
using System.Diagnostics.Metrics;
using hosting::Sigma.Hosting.Telemetry.Scraping;
using Microsoft.Extensions.Logging.Abstractions;

namespace Sigma.UnitTests.Hosting;

public sealed class Page_of_metrics : IDisposable
{
    readonly Meter _meter = new("Sigma.Page");
    readonly MetricsPage _page = new(NullLogger<MetricsPage>.Instance);

    public void Dispose()
    {
        _page.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void A_counter_ends_with_total_and_has_a_series_for_each_set_of_tags_in_whatever_order()
    {
        var counter = _meter.CreateCounter<long>("sigma.page.calls", "{call}", "Calls,\nby \\ kind");
        counter.Add(1, new("b.c", "x"), new("a", true));
        counter.Add(2, new("a", true), new("b.c", "x"));
        counter.Add(5, new KeyValuePair<string, object?>("a", false));

        Assert.Equal(
            """
            # HELP sigma_page_calls_total Calls,\nby \\ kind
            # TYPE sigma_page_calls_total counter
            sigma_page_calls_total{a="false"} 5
            sigma_page_calls_total{a="true",b_c="x"} 3

            """.ReplaceLineEndings("\n"), Of("sigma_page_calls"));
    }

    [Fact]
    public void A_histogram_has_the_buckets_it_advises_each_with_all_that_is_smaller()
    {
        var histogram = _meter.CreateHistogram("sigma.page.time", "s",
            "Time", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        foreach (var value in (double[])[0.1, 0.5, 0.75, 3])
            histogram.Record(value, new KeyValuePair<string, object?>("to", "us"));

        Assert.Equal(
            """
            # HELP sigma_page_time_seconds Time
            # UNIT sigma_page_time_seconds seconds
            # TYPE sigma_page_time_seconds histogram
            sigma_page_time_seconds_bucket{to="us",le="0.5"} 2
            sigma_page_time_seconds_bucket{to="us",le="1"} 3
            sigma_page_time_seconds_bucket{to="us",le="+Inf"} 4
            sigma_page_time_seconds_sum{to="us"} 4.35
            sigma_page_time_seconds_count{to="us"} 4

            """.ReplaceLineEndings("\n"), Of("sigma_page_time"));
    }

    [Fact]
    public void What_is_not_observed_any_more_is_no_longer_shown()
    {
        Measurement<double>[] seen = [new(1.5, new KeyValuePair<string, object?>("k", "a")),
            new(double.PositiveInfinity, new KeyValuePair<string, object?>("k", "b"))];
        _meter.CreateObservableGauge("sigma.page.lag", () => seen, "s", "Lag");

        Assert.EndsWith("sigma_page_lag_seconds{k=\"a\"} 1.5\nsigma_page_lag_seconds{k=\"b\"} +Inf\n", Of("sigma_page_lag"));
        seen = seen[..1];
        Assert.EndsWith("gauge\nsigma_page_lag_seconds{k=\"a\"} 1.5\n", Of("sigma_page_lag"));
        seen = [];
        Assert.Equal("", Of("sigma_page_lag"));
    }

    [Fact]
    public void Quotes_line_breaks_and_tags_that_become_alike_do_no_harm()
    {
        var gauge = _meter.CreateUpDownCounter<int>("sigma.page.open", "1", "Open");
        gauge.Add(3, new("a.b", "say \"hi\"\\\n"), new("a-b", null));
        gauge.Add(-1, new("a.b", "say \"hi\"\\\n"), new("a-b", null));

        Assert.EndsWith("\nsigma_page_open_ratio{a_b=\"say \\\"hi\\\"\\\\\\n;\"} 2\n", Of("sigma_page_open"));
    }

    [Fact]
    public void More_series_than_anybody_has_foreseen_share_one()
    {
        var counter = _meter.CreateCounter<int>("sigma.page.unbounded");
        for (var i = 0; i < 3 * Metric.MostSeries; i++)
            counter.Add(1, new KeyValuePair<string, object?>("id", i));

        var lines = Of("sigma_page_unbounded").Split('\n').Where(line => line.StartsWith("sigma", StringComparison.Ordinal)).ToList();
        Assert.Equal(Metric.MostSeries + 1, lines.Count);
        Assert.Contains($"sigma_page_unbounded_total{{otel_metric_overflow=\"true\"}} {2 * Metric.MostSeries}", lines);
    }

    [Fact]
    public void One_that_cannot_be_read_does_not_keep_the_others_from_being_shown()
    {
        _meter.CreateObservableGauge("sigma.page.broken", new Func<int>(() => throw new InvalidOperationException("broken")));
        _meter.CreateObservableCounter("sigma.page.whole", () => 7L, "By");

        Assert.EndsWith("sigma_page_whole_bytes_total 7\n", Of("sigma_page_whole"));
    }

    [Fact]
    public async Task Nothing_is_lost_when_many_measure_at_once()
    {
        var counter = _meter.CreateCounter<double>("sigma.page.many");
        var histogram = _meter.CreateHistogram<int>("sigma.page.sizes");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("k", i % 3));
                histogram.Record(1);
                if (i % 5_000 == worker)
                    _page.Write();
            }
        })));

        Assert.EndsWith("{k=\"0\"} 26672\nsigma_page_many_total{k=\"1\"} 26664\nsigma_page_many_total{k=\"2\"} 26664\n", Of("sigma_page_many"));
        Assert.EndsWith("sigma_page_sizes_sum 80000\nsigma_page_sizes_count 80000\n", Of("sigma_page_sizes"));
    }

    [Fact]
    public void A_measurement_allocates_nothing()
    {
        var counter = _meter.CreateCounter<long>("sigma.page.hot");
        var histogram = _meter.CreateHistogram<double>("sigma.page.hot.time", "s");
        object whatsapp = "whatsapp", sent = "sent";
        void Measure()
        {
            counter.Add(1, new("channel", whatsapp), new("state", sent));
            histogram.Record(0.3, new KeyValuePair<string, object?>("channel", whatsapp));
        }
        for (var i = 0; i < 1000; i++)
            Measure();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            Measure();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("http.server.request.duration", "s", Kind.Histogram, "http_server_request_duration_seconds")]
    [InlineData("dotnet.process.cpu.time", "s", Kind.Counter, "dotnet_process_cpu_time_seconds_total")]
    [InlineData("dotnet.gc.collections", "{collection}", Kind.Counter, "dotnet_gc_collections_total")]
    [InlineData("messaging.masstransit.receive", "ea", Kind.Counter, "messaging_masstransit_receive_ea_total")]
    [InlineData("sigma.calls.total", "1", Kind.Counter, "sigma_calls_total")]
    [InlineData("sigma.seconds.waited", "s", Kind.Gauge, "sigma_seconds_waited")]
    [InlineData("sigma.load", "1", Kind.Gauge, "sigma_load_ratio")]
    [InlineData("1st", null, Kind.Gauge, "_1st")]
    internal void Names_are_those_a_collector_gives(string name, string? unit, Kind kind, string expected) =>
        Assert.Equal(expected, MetricName.Of(_meter.CreateCounter<int>(name, unit), kind).Name);

    /// <summary>The part of the page that is about one metric.</summary>
    string Of(string metric) =>
        string.Concat(_page.Write().Split('\n').Where(line => line.Replace("# HELP ", "").Replace("# TYPE ", "").Replace("# UNIT ", "")
        .StartsWith(metric, StringComparison.Ordinal)).Select(line => line + "\n"));
}
