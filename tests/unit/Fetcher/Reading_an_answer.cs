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
        var strings =
            await Read("""[{"id":"9007199254740993","accountId":"12","cuc":"ALR","code":"1130","occurrenceId":"77","date":"1795208401000"}]""");

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
        const string json =
            """[{"accountId":1,"cuc":"ALR","code":"E130","date":1795208401000},{"accountId":1,"cuc":"ALR","code":"E130","date":1795208401000}]""";
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
    [InlineData("""{"accountId":1,"cuc":"ALR","code":"E13\ud83d"}""", "code has half a character", "1")]
    [InlineData("""{"accountId":"\udc00","cuc":"ALR","code":"E130"}""", "accountId has half a character", null)]
    [InlineData("""{"accountId":1,"cuc":"\ud83dx","code":"E130"}""", "cuc has half a character", "1")]
    [InlineData("""{"accountId":1,"cuc":"ALR","code":"E130","id":"\ud83d"}""", "id has half a character", "1")]
    [InlineData("""{"accountId":1,"cuc":"ALR","code":"E130","occurrenceId":"\ud83d"}""", "occurrenceId has half a character", "1")]
    [InlineData("""{"accountId":{},"cuc":"ALR","code":"E130"}""", "accountId is an object instead of text", null)]
    [InlineData("""{"accountId":1,"cuc":[],"code":"E130"}""", "cuc is a list instead of text", "1")]
    [InlineData("""{"accountId":1,"cuc":"ALR","code":NaN}""", "it is not JSON: 'N' is an invalid start of a value", null)]
    [InlineData("null", "it is null", null)]
    public async Task A_record_that_cannot_be_used_is_kept_with_its_reason_and_the_others_count(string odd, string reason, string? account)
    {
        var answer = await Read($$"""[{"accountId":1,"cuc":"ALR","code":"E130"},{{odd}},{"accountId":2,"cuc":"ALR","code":"E130"}]""");

        Assert.Equal(["1", "2"], answer.Events.Select(e => e.Labels["account"]));
        Assert.Equal((odd, reason, account, false), Assert.Single(answer.OddRecords) is var kept
            ? (kept.Raw, kept.Reason, kept.Account, kept.Used) : default);
        Assert.Equal((3, 1, null), (answer.Records, answer.Odd, answer.Unreadable));
    }

    [Fact]
    public async Task An_event_counts_without_what_is_odd_about_it()
    {
        var name = """{"accountId":1,"cuc":"ALR","code":"E130","tradeName":"\ud83d","\udc00":1}""";
        var ids = """{"accountId":1,"cuc":"ALR","code":"E130","id":{"value":1},"occurrenceId":true}""";
        var occurrence = $$"""{"id":1,"accountId":1,"cuc":"ALR","code":"E130","occurrenceId":"{{new string('4', 256)}}"}""";

        var answer = await Read($"[{name},{ids},{occurrence}]");

        Assert.Equal(3, answer.Events.Count);
        Assert.Equal([null, null, 32], answer.Events.Select(e => e.OccurrenceId?.Length));
        Assert.Equal(["id is an object instead of text, it is left out", "occurrenceId is true or false instead of text, it is left out",
            "occurrenceId is longer than 128 characters, a hash stands for it"],
            answer.OddRecords.Where(malformed => malformed.Used).Select(malformed => malformed.Reason));
        Assert.Equal((0, 3), (answer.Odd, answer.OddRecords.Count));
    }

    [Fact]
    public async Task A_code_and_a_CUC_are_one_in_any_case() =>
        Assert.Single((await Read("""[{"accountId":1,"cuc":"alr","code":"e130"},{"accountId":1,"cuc":"ALR","code":"E130"}]""")).Events
            .Select(e => $"{e.Labels["cuc"]} {e.Labels["code"]}").Distinct(), "ALR E130");

    [Theory]
    [InlineData("0")]
    [InlineData("\"0\"")]
    [InlineData("-1")]
    [InlineData("\"null\"")]
    [InlineData("\"undefined\"")]
    [InlineData("\"00000000-0000-0000-0000-000000000000\"")]
    public async Task What_stands_for_no_id_is_none(string none)
    {
        var json =
            $$"""[{"id":{{none}},"accountId":1,"cuc":"ALR","code":"E130"},{"id":{{none}},"accountId":1,"cuc":"ALR","code":"E130"},"""
                + $$"""{"id":{{none}},"accountId":2,"cuc":"ALR","code":"E130"}]""";

        Assert.Equal(3, Ids(await Read(json)).Distinct().Count());
        Assert.Equal(Ids(await Read(json.Replace($"\"id\":{none},", ""))), Ids(await Read(json)));
    }

    [Fact]
    public async Task An_id_that_several_events_share_names_none_of_them_in_whatever_order_they_come()
    {
        string[] records = [Event(5, 1, 1), Event(5, 2, 1), Event(5, 1, 2), Event(6, 9, 9), Event(6, 9, 9)];
        var reader = Reader();
        var forward = await Read(reader, records);
        var backward = await Read(Reader(), [.. records.Reverse()]);

        Assert.Equal(4, forward.Distinct().Count());
        Assert.Equal(["6", "6"], forward[3..]);
        Assert.DoesNotContain("5", forward);
        Assert.Equal(forward.Order(), backward.Order());
        Assert.Equal(forward, await Read(reader, records));
        Assert.NotEqual(["5"], await Read(reader, [Event(5, 3, 3)]));
    }

    [Fact]
    public async Task An_id_that_comes_again_with_something_else_does_not_name_that()
    {
        var reader = Reader();

        Assert.Equal(["5"], await Read(reader, [Event(5, 1, 1)]));
        var other = await Read(reader, [Event(5, 2, 2)]);
        Assert.NotEqual(["5"], other);
        Assert.Equal(["5"], await Read(reader, [Event(5, 1, 1)]));
        Assert.Equal(other, await Read(reader, [Event(5, 2, 2)]));
    }

    [Theory]
    [InlineData("""[{"messageKey":"registers_over_limit"}]""")]
    [InlineData("""{"messageKey":"registers_over_limit"}""")]
    public async Task Too_many_records_are_that_whatever_status_they_come_with(string body) =>
        await Assert.ThrowsAsync<OverLimitException>(() => Read(body));

    [Theory]
    [InlineData("""{"events":[]}""")]
    [InlineData("<html></html>")]
    [InlineData("")]
    [InlineData("""[{"accountId":1""")]
    public async Task What_is_not_a_whole_array_is_an_error(string body) => await Assert.ThrowsAnyAsync<JsonException>(() => Read(body));

    [Fact]
    public async Task As_many_records_as_an_answer_may_have_count_as_cut_off() =>
        await Assert.ThrowsAsync<OverLimitException>(() => Read("[{},{},{}]", limit: 3));

    static string Event(int id, int account, int second) =>
        $$"""{"id":{{id}},"accountId":{{account}},"cuc":"ALR","code":"E130","date":"2026-11-20T21:00:{{second:00}}Z"}""";

    static async Task<List<string>> Read(EventReader reader, string[] records) =>
        Ids(await reader.Read(new MemoryStream(Encoding.UTF8.GetBytes($"[{string.Join(',', records)}]")), Slice, 10_000, CancellationToken.None));

    static EventReader Reader(FetcherOptions? options = null) =>
        new(new EventTime(Options.Create(new SegwareOptions())), new EventFilter(Options.Create(options ?? new FetcherOptions())));

    static List<string> Ids(SliceAnswer answer) => answer.Events.ConvertAll(e => e.EventId);

    static Task<SliceAnswer> Read(string json, FetcherOptions? options = null, int limit = 100, Slice? slice = null) =>
        Reader(options).Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), slice ?? Slice, limit, CancellationToken.None);
}
