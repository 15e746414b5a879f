using System.Text.Json;
using MassTransit.Serialization;
using Sigma.Contracts;

namespace Sigma.UnitTests.Evaluating;

public sealed class Labels_of_a_message
{
    [Fact]
    public void Are_shared_by_the_events_that_have_the_same()
    {
        var first = Read("""{"account":"7","code":"E130"}""");

        Assert.Same(first, Read("""{ "account": "7", "code": "E130" }"""));
        Assert.NotSame(first, Read("""{"account":"8","code":"E130"}"""));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"account":"7","cuc":"ALR","code":"E130"}""")]
    [InlineData("""{"account":"7","account":"8"}""")]
    [InlineData("""{"code":"E130","account":null}""")]
    [InlineData("""{"a\"b":"ç € \u0000 😀","":""}""")]
    [InlineData("""{"ab":"c"}""")]
    [InlineData("""{"a":"bc"}""")]
    public void Are_those_a_dictionary_would_have_read_and_are_written_as_it(string json)
    {
        IReadOnlyDictionary<string, string> dictionary = JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;

        for (var time = 0; time < 2; time++)
        {
            var labels = Read(json);
            Assert.Equal(dictionary.ToList(), labels.ToList());
            Assert.Equal(dictionary.Count, labels.Count);
            Assert.All(dictionary, label => Assert.Equal(label.Value, labels[label.Key]));
            Assert.False(labels.ContainsKey("none"));
            Assert.Equal(JsonSerializer.Serialize(Event(dictionary)), JsonSerializer.Serialize(Event(labels)));
        }
    }

    [Fact]
    public void Are_found_whatever_the_case_of_their_names() => Assert.Equal("8", Read("""{"account":"7","Account":"8"}""")["ACCOUNT"]);

    [Theory]
    [InlineData("""{"account":7}""", "Cannot get the value of a token type 'Number' as a string")]
    [InlineData("""{"account":{"number":"7"}}""", "Cannot get the value of a token type 'StartObject' as a string")]
    [InlineData("""["account"]""", "could not be converted")]
    [InlineData("7", "could not be converted")]
    public void Are_refused_when_they_are_no_texts_and_the_reason_tells_where(string json, string expected)
    {
        var refusal = Assert.Throws<JsonException>(() => Read(json));

        Assert.Contains(expected, refusal.GetBaseException().Message, StringComparison.Ordinal);
        Assert.Contains("$.labels", refusal.Message, StringComparison.Ordinal);
    }

    static MonitoredEvent Event(IReadOnlyDictionary<string, string> labels) =>
        new() { EventId = "1", OccurredAt = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero), Labels = labels };

    static IReadOnlyDictionary<string, string> Read(string labels) => JsonSerializer.Deserialize<MonitoredEvent>(
        $$"""{"eventId":"1","occurredAt":"2026-11-20T12:00:00Z","labels":{{labels}}}""", SystemTextJsonMessageSerializer.Options)!.Labels;
}
