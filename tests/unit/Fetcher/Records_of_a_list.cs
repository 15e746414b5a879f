using System.Text;
using System.Text.Json;
using Sigma.Segware;

namespace Sigma.UnitTests.Fetcher;

public sealed class Records_of_a_list
{
    const string Good = """{"id":1,"text":"a \"b\" \\ {[,]} ç 😀","list":[{"x":[1,2]},{"y":null}],"on":true}""";

    [Theory]
    [InlineData("""{"id":NaN}""")]
    [InlineData("""{"id":1,}""")]
    [InlineData("""{"id":01}""")]
    [InlineData("""{"id":1 "text":2}""")]
    [InlineData("""{"text":"he said "stop" twice"}""")]
    [InlineData("""{"text":"he said "yes", well"}""")]
    [InlineData("""{"text":"never closed}""")]
    [InlineData("""{text:'other quotes'}""")]
    [InlineData("""{"id":1""")]
    [InlineData("""{"id":{"x":1}""")]
    [InlineData("""{"id":[1,2}""")]
    [InlineData("""{"id":1}}""")]
    [InlineData("""{"id":[1]]}""")]
    [InlineData("""{{"id":1}""")]
    [InlineData("""{"text":"\x41"}""")]
    [InlineData("""{"text":"\ud83"}""")]
    [InlineData("undefined")]
    [InlineData("<p>error</p>")]
    public async Task What_is_not_JSON_concerns_its_own_record_alone(string odd)
    {
        foreach (var (list, place) in new[] { ($"[{Good},{odd},{Good},{Good}]", 1), ($"[{odd} , {Good},{Good},{Good} ]", 0),
            ($"[{Good},{Good},{Good},\n{odd}\n]\n", 3) })
            foreach (var pieceLength in new[] { 1, 7, 100_000 })
            {
                var read = await Read(list, pieceLength);

                Assert.True(read.Count == 4, $"{list} in pieces of {pieceLength}: {string.Join(" | ", read)}");
                Assert.Contains("not JSON", read[place].Fault);
                Assert.StartsWith(odd[..5], read[place].Text);
                Assert.All(read.Where((_, index) => index != place), good => Assert.Equal((Good, null), good));
            }
    }

    [Fact]
    public async Task What_is_nested_without_reason_or_without_end_in_sight_concerns_its_own_record_alone()
    {
        var deep = $"{{\"id\":{new string('[', 5000)}{new string(']', 5000)}}}";
        var large = $$"""{"id":1,"text":"{{new string('x', 3 << 20)}}"}""";

        var read = await Read($"[{Good},{deep},{Good},{large},{Good}]", 50_000);

        Assert.Equal([null, "depth", null, "longer than 1 MB", null],
            read.Select(r => r.Fault is { } fault ? fault.Contains("depth") ? "depth" : fault[^16..] : null));
        Assert.Equal(1000, read[3].Text.Length);
    }

    [Fact]
    public async Task Control_characters_and_bytes_that_are_no_UTF8_are_replaced()
    {
        byte[] list = [.. "[{\"text\":\"one\ntwo\u0001\"},{\"text\":\"S"u8, 0xE3, .. "o\"}]"u8];
        List<string?> texts = [];
        await foreach (var record in JsonRecords.Split(new MemoryStream(list), CancellationToken.None))
            texts.Add(record.IsMended ? record.Element.Text("text") : "not mended");

        Assert.Equal(["one two", "S\uFFFDo"], texts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData(" [ , ] ")]
    public async Task A_byte_order_mark_and_empty_places_are_nothing(string tail) =>
        Assert.Empty(await Read("\uFEFF" + (tail.Length > 0 ? tail : "\r\n[\r\n]\r\n"), 1));

    [Theory]
    [InlineData("", "nothing instead of a list")]
    [InlineData("  \n", "nothing instead of a list")]
    [InlineData("null", "null instead of a list")]
    [InlineData("\uFEFF{\"message\":\"limit\n\treached\"}", "an object instead of a list: {\"message\":\"limit reached\"}")]
    [InlineData("<html>sorry</html>", "a page instead of a list: <html>sorry</html>")]
    [InlineData("OK", "text instead of a list: OK")]
    public async Task What_is_no_list_is_told_in_its_own_words(string body, string told) =>
        Assert.Equal(told, (await Assert.ThrowsAsync<NotAListException>(() => Read(body, 5))).Message);

    [Fact]
    public async Task The_words_are_kept_short() =>
        Assert.InRange(
            (await Assert.ThrowsAsync<NotAListException>(() => Read($"{{\"message\":\"{string.Concat(Enumerable.Repeat("😀", 50_000))}\"}}",
                1000))).Message.Length, 100, 400);

    [Fact]
    public async Task Too_many_records_are_that_whatever_the_answer_looks_like() =>
        await Assert.ThrowsAsync<OverLimitException>(() => Read("""{"messageKey":"registers_over_limit"}""", 3));

    [Theory]
    [InlineData("[")]
    [InlineData("[{\"id\":1}")]
    [InlineData("[{\"id\":1},")]
    [InlineData("[{\"id\":1},{\"id\":[2]")]
    [InlineData("[{\"id\":1},{\"text\":\"x")]
    [InlineData("[{\"id\":1},{\"id\":1}} ")]
    [InlineData("[{\"id\":1}]]")]
    [InlineData("[{\"id\":1}][]")]
    public async Task A_list_that_breaks_off_or_goes_on_is_an_error(string body) => await Assert.ThrowsAsync<JsonException>(() => Read(body, 2));

    [Theory]
    [InlineData("""{"a":"\ud83d","b":"x"}""", "a has half a character", null, "\uFFFD")]
    [InlineData("""{"\udc00":1,"a":"E1\ud83d30\n"}""", "a has half a character", null, "E1\uFFFD30")]
    [InlineData("""{"\ud800":1,"a":"x","a":"y"}""", null, "y", "y")]
    [InlineData("""{"a":" \ud83d\ude00 "}""", null, "😀", "😀")]
    [InlineData("""{"a":{"x":1}}""", "a is an object instead of text", null, null)]
    [InlineData("""{"a":[1]}""", "a is a list instead of text", null, null)]
    [InlineData("""{"a":true}""", "a is true or false instead of text", null, null)]
    [InlineData("""{"a":12.50}""", null, "12.50", "12.50")]
    [InlineData("""{"a":null}""", null, null, null)]
    [InlineData("""{"a":"  "}""", null, null, null)]
    [InlineData("{}", null, null, null)]
    [InlineData("7", null, null, null)]
    public async Task A_field_is_text_or_says_why_not(string json, string? fault, string? text, string? readable)
    {
        await foreach (var record in JsonRecords.Split(new MemoryStream(Encoding.UTF8.GetBytes($"[{json}]")), CancellationToken.None))
        {
            Assert.Equal(text, record.Element.Text("a", out var found));
            Assert.Equal((fault, readable), (found, record.Element.TextReadable("a")));
        }
    }

    static async Task<List<(string Text, string? Fault)>> Read(string body, int pieceLength)
    {
        List<(string, string?)> read = [];
        await foreach (var record in JsonRecords.Split(new InPieces(Encoding.UTF8.GetBytes(body), pieceLength), CancellationToken.None))
            read.Add((record.RawText(1000), record.Fault));
        return read;
    }

    sealed class InPieces(byte[] bytes, int pieceLength) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(pieceLength, buffer.Length)], cancellationToken);
    }
}
