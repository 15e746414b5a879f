using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sigma.Archive;
using Sigma.Archive.Bytes;
using Sigma.Archive.Files;
using Sigma.Archive.Samples;
using Sigma.Archive.Samples.Embedded;
using Sigma.Contracts;

namespace Sigma.UnitTests.Archive.Samples;

public sealed class Samples_in_files : IAsyncDisposable
{
    static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    static readonly SeriesFilter Any = new(null, false, new Dictionary<string, string>());

    readonly ArchiveOptions _options = new() { Folder = Directory.CreateTempSubdirectory("sigma-samples-").FullName };
    EmbeddedSampleStore _store;

    public Samples_in_files()
    {
        _options.Samples.PendingSamples = 1_000;
        _store = Open();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_samples_are_found_as_by_reading_all(int seed)
    {
        Random random = new(seed);
        List<Sample> all = [];
        for (var batch = 0; batch < 40; batch++)
        {
            List<Sample> samples = [.. Enumerable.Range(0, random.Next(1, 120)).Select(_ => RandomSample(random))];
            all.AddRange(samples);
            SamplesToStore news = new(Guid.NewGuid(), samples);
            await _store.Store(news, CancellationToken.None);
            if (random.Next(4) == 0)
                await _store.Store(news, CancellationToken.None);
            if (random.Next(6) == 0)
                _store.PutInOrder();
            if (random.Next(6) == 0)
                await Restart();
        }
        foreach (var filter in (SeriesFilter[])[Any, Named("cpu"), Named("c") with { IsPrefix = true }, Any with { Labels = Host("a") },
            Named("mem") with { Labels = Host("") }])
            for (var round = 0; round < 10; round++)
            {
                var from = Noon.AddMinutes(random.Next(-2000, 1500)).ToUnixTimeMilliseconds();
                TimeRange range = new(from, from + random.Next(1, 100_000_000));
                long step = random.Next(1_000, 40_000_000);
                var found = await _store.Samples(filter, range, step, 50, CancellationToken.None);
                Assert.Equal(Expected(all, filter, range, step), Shown(found));
            }
        Assert.Equal(all.Select(NameOf).Distinct().Order(StringComparer.Ordinal), await AllSeries());
    }

    [Fact]
    public void A_chunk_keeps_every_number_and_an_even_rhythm_takes_little()
    {
        Random random = new(5);
        ByteWriter writer = new();
        foreach (var value in (Func<int, double>[])[i => i, _ => 42, i => random.NextDouble(), _ => double.MaxValue, i => i % 2 == 0 ? 0 : -0.0,
            i => double.Epsilon * i])
        {
            Point[] points = [.. Enumerable.Range(0, 500).Select(i => new Point(1_700_000_000_000 + i * 15_000L + random.Next(3), value(i)))];
            List<Point> read = [];
            Chunk.Read(Chunk.Write(points, writer), new TimeRange(long.MinValue, long.MaxValue), read);
            Assert.Equal(points, read);
        }
        Point[] even = [.. Enumerable.Range(0, 1_000).Select(i => new Point(1_700_000_000_000 + i * 15_000L, 21.5))];
        Assert.InRange(Chunk.Write(even, writer).Length, 1_000, 2_100);
        Assert.Throws<InvalidDataException>(() => Chunk.Read([200, 1, 1], new TimeRange(0, 1), []));
    }

    [Fact]
    public async Task Series_beyond_the_limit_are_dropped_and_others_go_on()
    {
        _options.Samples.MostSeries = 100;
        await _store.Store(new(Guid.NewGuid(), [.. Enumerable.Range(0, 150).Select(i => Sample($"s{i:000}", Noon, i))]), CancellationToken.None);
        await _store.Store(new(Guid.NewGuid(), [Sample("s000", Noon.AddSeconds(1), 7)]), CancellationToken.None);
        Assert.Equal(100, (await AllSeries()).Count);
        var found = await _store.Samples(new("s000", false, new Dictionary<string, string>()),
            new(Noon.ToUnixTimeMilliseconds(), Noon.AddHours(1).ToUnixTimeMilliseconds()), 3_600_000, 50, CancellationToken.None);
        Assert.Equal(2, found.Series.Single().Steps.Single().Count);
    }

    [Fact]
    public async Task A_damaged_file_is_put_aside()
    {
        await _store.Store(new(Guid.NewGuid(), [Sample("s", Noon, 1)]), CancellationToken.None);
        await _store.DisposeAsync();
        var file = Path.Combine(_options.Folder, "samples-20261120.db");
        File.Delete(file + "-wal");
        await File.WriteAllTextAsync(file, new string('?', 20_000));
        _store = Open();
        Assert.Empty(await AllSeries());
        SamplesToStore after = new(Guid.NewGuid(), [Sample("after", Noon, 1)]);
        await Assert.ThrowsAnyAsync<Exception>(() => _store.Store(after, CancellationToken.None));
        await _store.Store(after, CancellationToken.None); // as the message that comes again
        Assert.Equal(["after {}"], await AllSeries());
        var aside = Directory.GetFiles(_options.Folder, "*.corrupt-*").Order().ToList();
        Assert.Equal([aside[0], aside[0] + ".reason"], aside);
        _store.DropBefore(new DateOnly(2026, 11, 21));
        Assert.Empty(Directory.GetFiles(_options.Folder, "*.corrupt-*"));
    }

    [Fact]
    public async Task A_question_for_more_values_than_are_held_is_refused_and_a_smaller_one_is_not()
    {
        _options.Samples.PendingSamples = 10_000_000;
        const int AtOnce = 100_000;
        for (var from = 0; from <= EmbeddedSampleSearch.MostValues; from += AtOnce)
            await _store.Store(new(Guid.NewGuid(), [.. Enumerable.Range(from, AtOnce).Select(at => Sample("s", Noon.AddMilliseconds(at), at))]),
                CancellationToken.None);
        var start = Noon.ToUnixTimeMilliseconds();
        await Assert.ThrowsAsync<TooManyValuesException>(() => _store.Samples(Any, new(start, start + 3_600_000), 1_000, 50, CancellationToken.None));
        var found = await _store.Samples(Any, new(start, start + 60_000), 60_000, 50, CancellationToken.None);
        Assert.Equal(60_000, found.Series.Single().Steps.Single().Count);
    }

    [Fact]
    public async Task Old_days_are_dropped()
    {
        await _store.Store(new(Guid.NewGuid(), [.. Enumerable.Range(0, 6).Select(day => Sample($"day{day}", Noon.AddDays(-day), day))]),
            CancellationToken.None);
        Assert.Equal(4, _store.DropBefore(new DateOnly(2026, 11, 19)));
        Assert.Equal(["day0 {}", "day1 {}"], await AllSeries());
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_options.Folder, recursive: true);
    }

    static SeriesFilter Named(string name) => Any with { Name = name };

    static Dictionary<string, string> Host(string value) => new() { ["host"] = value };

    EmbeddedSampleStore Open()
    {
        var options = Options.Create(_options);
        ArchiveFolder folder = new(options);
        return new(folder, new EmbeddedSampleSearch(folder, options, NullLogger<EmbeddedSampleSearch>.Instance), options, TimeProvider.System,
            NullLogger<EmbeddedSampleStore>.Instance);
    }

    async Task Restart()
    {
        await _store.DisposeAsync();
        _store = Open();
    }

    async Task<List<string>> AllSeries()
    {
        List<string> all = [];
        for (SeriesName? after = null; ;)
        {
            var page = await _store.Series(Any, new(0, long.MaxValue), after, 7, CancellationToken.None);
            all.AddRange(page.Series.Select(series => $"{series.Name} {series.Text}"));
            if (!page.HasMore)
                return all;
            after = page.Series[^1];
        }
    }

    static Sample RandomSample(Random random)
    {
        Dictionary<string, string> labels = [];
        if (random.Next(3) > 0)
            labels["host"] = $"{"abc"[random.Next(3)]}";
        if (random.Next(2) > 0)
            labels["a\"\\é"] = "x y";
        return new Sample
        {
            Series = ((string[])["cpu", "cpu_total", "mem"])[random.Next(3)], Labels = labels, Value = random.Next(1000) / 8.0,
            At = Noon.AddSeconds(random.Next(-100_000, 100_000)),
        };
    }

    static Sample Sample(string series, DateTimeOffset at, double value) =>
        new() { Series = series, Labels = new Dictionary<string, string>(), Value = value, At = at };

    static string NameOf(Sample sample) => $"{sample.Series} {LabelText.Write(sample.Labels)}";

    static IEnumerable<string> Expected(List<Sample> all, SeriesFilter filter, TimeRange range, long step) =>
        from sample in all.OrderBy(NameOf, StringComparer.Ordinal)
        let at = sample.At.ToUnixTimeMilliseconds()
        where at >= range.From && at < range.To && (filter.Name is null || (filter.IsPrefix ? sample.Series.StartsWith(filter.Name)
            : sample.Series == filter.Name)) && filter.Labels.All(label => (sample.Labels.GetValueOrDefault(label.Key) ?? "") == label.Value)
        group (at, sample.Value) by NameOf(sample) into series
        from part in series.GroupBy(s => s.at, (at, same) => (at, same.Last().Value)).GroupBy(s => (s.at - range.From) / step).OrderBy(p => p.Key)
        select $"{series.Key} {range.From + part.Key * step} {part.Average(s => s.Value):0.000} {part.Min(s => s.Value)} {part.Max(s => s.Value)} "
            + $"{part.Count()}";

    static IEnumerable<string> Shown(SamplesFound found) => found.Series.SelectMany(series => series.Steps.Select(step =>
        $"{series.Series.Name} {series.Series.Text} {step.At} {step.Average:0.000} {step.Least} {step.Greatest} {step.Count}"));
}
