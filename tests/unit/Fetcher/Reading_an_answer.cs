using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Sigma.Fetcher;
using Sigma.Fetcher.Coverage;
using Sigma.Fetcher.Events;
using Sigma.Segware;
using Sigma.Storage;

namespace Sigma.UnitTests.Fetcher;

public sealed class Reading_an_answer
{
    static readonly Slice Slice = new(1_795_208_400_000, 1_795_208_460_000);

    [Fact]
    public async Task Ids_may_be_numbers_or_strings()
    {
        var numbers = await Read("""[{"id":9007199254740993,"accountId":12,"cuc":"ALR","code":1130,"occurrenceId":77,"date":1795208401000}]""");
        var strings = await Read("""[{"id":"9007199254740993","accountId":"12","cuc":"ALR","code":"1130","occurrenceId":"77","date":"1795208401000"}]""");

        Assert.Equivalent(numbers.Events, strings.Events, strict: true);
        var read = Assert.Single(numbers.Events);
        Assert.Equal(("9007199254740993", "77"), (read.EventId, read.OccurrenceId));
        Assert.Equal(["12", "ALR", "1130"], read.Labels.Values);
    }

    [Theory, InlineData("accountId"), InlineData("cuc"), InlineData("code")]
    public async Task A_record_whose_label_does_not_fit_is_passed_over_and_shown_and_the_others_are_read(string field)
    {
        Dictionary<string, string> odd = new() { ["accountId"] = "1", ["cuc"] = "ALR", ["code"] = "E130", [field] = new string('x', 51) };
        var answer = await Read($$"""[{{JsonSerializer.Serialize(odd)}},{"accountId":1,"cuc":"ALR","code":"E130"}]""");

        Assert.Single(answer.Events);
        Assert.Equal(1, answer.Odd);
        Assert.InRange(answer.OddExample!.Length, 51, 201);
    }

    [Fact]
    public async Task Equal_events_without_an_id_are_told_apart_and_named_alike_when_read_again()
    {
        const string json = """[{"accountId":1,"cuc":"ALR","code":"E130","date":1795208401000},{"accountId":1,"cuc":"ALR","code":"E130","date":1795208401000}]""";
        var first = Ids(await Read(json));

        Assert.Equal(2, first.Distinct().Count());
        Assert.Equal(first, Ids(await Read(json)));
    }

    [Fact]
    public async Task An_id_does_not_change_when_the_event_joins_an_occurrence() => Assert.Equal(
        Ids(await Read("""[{"accountId":1,"cuc":"ALR","code":"E130","date":1795208401000}]""")),
        Ids(await Read("""[{"accountId":1,"cuc":"ALR","code":"E130","date":1795208401000,"occurrenceId":"5"}]""")));

    [Fact]
    public async Task An_event_on_the_border_has_one_id_whichever_slice_brings_it()
    {
        var json = $$"""[{"accountId":1,"cuc":"ALR","code":"E130","date":{{Slice.To}}}]""";

        Assert.Equal(Ids(await Read(json)), Ids(await Read(json, slice: new Slice(Slice.To, Slice.To + 60_000))));
    }

    [Fact]
    public async Task Without_a_time_of_its_own_an_event_belongs_to_the_end_of_its_slice()
    {
        const string json = """[{"accountId":1,"cuc":"ALR","code":"E130"},{"accountId":1,"cuc":"ALR","code":"E130","date":"2026-11-20T21:00:01"}]""";
        var answer = await Read(json);

        Assert.All(answer.Events, e => Assert.Equal((Slice.To - 1).ToTime(), e.OccurredAt));
        Assert.Equal("date = 2026-11-20T21:00:01", answer.UnusableTime);
        Assert.Equal(2, Ids(answer).Distinct().Count());
        Assert.NotEqual(Ids(answer), Ids(await Read(json, slice: new Slice(Slice.To, Slice.To + 60_000))));
    }

    [Fact]
    public async Task An_id_longer_than_the_contract_allows_is_shortened() =>
        Assert.InRange(Ids(await Read($$"""[{"id":"{{new string('x', 200)}}","accountId":1,"cuc":"ALR","code":"E130"}]"""))[0].Length, 1, 128);

    [Fact]
    public async Task Odd_records_are_counted_and_passed_over()
    {
        var answer = await Read("""[7,null,{"code":"E130"},{"accountId":1},{"accountId":1,"cuc":"ALR","code":"E130"}]""");

        Assert.Single(answer.Events);
        Assert.Equal((4, "7"), (answer.Odd, answer.OddExample));
    }

    [Theory]
    [InlineData("alr, PIN", "*", 2)]
    [InlineData("*", "", 3)]
    [InlineData("", "e130", 2)]
    [InlineData("ALR", "E130", 1)]
    public async Task Only_watched_cucs_and_codes_are_kept(string cucs, string codes, int kept)
    {
        const string json = """[{"accountId":1,"cuc":"ALR","code":"E130"},{"accountId":1,"cuc":"PIN","code":"E301"},{"accountId":1,"code":"E130"}]""";

        Assert.Equal(kept, (await Read(json, new FetcherOptions { Cucs = cucs, Codes = codes })).Events.Count);
    }

    [Theory]
    [InlineData("""{"events":[]}""")]
    [InlineData("<html></html>")]
    [InlineData("")]
    [InlineData("""[{"accountId":1""")]
    public async Task What_is_not_a_whole_array_is_an_error(string body) => await Assert.ThrowsAnyAsync<JsonException>(() => Read(body));

    [Fact]
    public async Task As_many_records_as_an_answer_may_have_count_as_cut_off() =>
        await Assert.ThrowsAsync<OverLimitException>(() => Read("[{},{},{}]", limit: 3));

    static List<string> Ids(SliceAnswer answer) => answer.Events.ConvertAll(e => e.EventId);

    static Task<SliceAnswer> Read(string json, FetcherOptions? options = null, int limit = 100, Slice? slice = null)
    {
        var reader = new EventReader(new EventTime(Options.Create(new SegwareOptions())), new EventFilter(Options.Create(options ?? new FetcherOptions())));
        return reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), slice ?? Slice, limit, CancellationToken.None);
    }
}
