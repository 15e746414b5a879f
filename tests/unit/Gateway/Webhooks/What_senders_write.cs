using System.Text;
using Sigma.Gateway.Webhooks;
using Sigma.Gateway.Webhooks.Common;
using static Sigma.UnitTests.Gateway.Webhooks.Reader;

namespace Sigma.UnitTests.Gateway.Webhooks;

public class What_senders_write
{
    static DateTimeOffset? Time(string text) => SourceTime.Read(JsonBody.Read(Encoding.UTF8.GetBytes($"\"{text}\"")));

    [Theory]
    [InlineData("2022-06-17T01:04:00.782137894Z", "2022-06-17T01:04:00.7821378Z")]
    [InlineData("2022-06-17T01:04:00.999999999+02:00", "2022-06-16T23:04:00.9999999Z")]
    [InlineData("2019-02-15T23:53:45.093+0000", "2019-02-15T23:53:45.093Z")]
    [InlineData("2019-02-15T23:53:45-0530", "2019-02-16T05:23:45Z")]
    [InlineData("2021-11-17T05:34:48.0623172", "2021-11-17T05:34:48.0623172Z")]
    [InlineData("2024-09-24 23:51:35.527", "2024-09-24T23:51:35.527Z")]
    [InlineData("Wed, 6 Apr 2022 06:00:53 GMT", "2022-04-06T06:00:53Z")]
    [InlineData("Mon, 04 Jun 2016 05:01:10 GMT", "2016-06-04T05:01:10Z")] // it was a Saturday
    [InlineData("11/17/2021 5:40:29 PM -08:00", "2021-11-18T01:40:29Z")]
    [InlineData("2026-01-31", "2026-01-31T00:00:00Z")]
    public void Is_a_time(string text, string time) => Assert.Equal(Utc(time), Time(text));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("yesterday")]
    [InlineData("12")]
    [InlineData("2026-13-45T99:00:00Z")]
    public void Is_no_time(string text) => Assert.Null(Time(text));

    [Theory]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("1675315787", "2023-02-02T05:29:47Z")]
    [InlineData("1675315787.5", "2023-02-02T05:29:47.5Z")]
    [InlineData("\"1675315787\"", "2023-02-02T05:29:47Z")]
    [InlineData("99999999999999999999", null)]
    [InlineData("null", null)]
    public void Is_a_time_in_seconds(string number, string? time) =>
        Assert.Equal(time is null ? null : Utc(time), SourceTime.Seconds(JsonBody.Read(Encoding.UTF8.GetBytes(number))));

    [Theory]
    [InlineData("93", "93")]
    [InlineData("93.0", "93")]
    [InlineData("9.3e1", "93")]
    [InlineData("\" 93 \"", "93")]
    [InlineData("93.5", "93.5")]
    [InlineData("5615590933959184469", "5615590933959184469")]
    [InlineData("true", "true")]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    public void Is_an_id(string json, string? text) => Assert.Equal(text, JsonBody.Read(Encoding.UTF8.GetBytes(json)).Text);

    [Fact]
    public void Begins_with_a_mark_or_is_in_UTF_16()
    {
        Assert.Equal("ação", JsonBody.Read(Encoding.UTF8.GetPreamble().Concat("""{"a":"ação"}"""u8.ToArray()).ToArray())["a"].Text);
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
            Assert.Equal("ação", JsonBody.Read(encoding.GetPreamble().Concat(encoding.GetBytes("""{"a":"ação"}""")).ToArray())["a"].Text);
    }

    [Fact]
    public void Has_letters_of_another_encoding_and_halves_of_pictures()
    {
        Assert.Equal("a��o", JsonBody.Read(Encoding.Latin1.GetBytes("""{"a":"ação"}"""))["a"].Text);
        Assert.Equal("x\uFFFD 😀 \\ud83d", JsonBody.Read("""{"a":"x\ud83d \ud83d\ude00 \\ud83d"}"""u8.ToArray())["a"].Text);
    }

    [Fact]
    public void Has_a_name_twice_or_in_another_case()
    {
        var json = JsonBody.Read("""{"ID":"other","id":1,"id":2,"a.b":{"c":[{"d":5}]}}"""u8.ToArray());

        Assert.Equal(("2", "other", "5"), (json["id"].Text, json["ID"].Text, json.At("a.b.c.0.d").Text));
        Assert.Equal("a.b.c[0].d", json.At("a.b.c.0.d").Place);
    }

    [Theory]
    [InlineData("", "body")]
    [InlineData("  \n ", "body")]
    [InlineData("{\n\"a\": tru}", "byte 11")]
    [InlineData("{} {}", "byte 4")]
    [InlineData("{\"a\":1,}", "byte 8")]
    public void Is_not_JSON(string text, string place) =>
        Assert.Equal(place, Assert.Throws<MalformedBodyException>(() => JsonBody.Read(Encoding.UTF8.GetBytes(text))).Place);

    [Fact]
    public void Is_too_deep() => Assert.Throws<MalformedBodyException>(() => JsonBody.Read(Encoding.UTF8.GetBytes(new string('[', 100_000))));

    [Theory]
    [InlineData("AlertName", "alertname")]
    [InlineData("container.name", "container.name")]
    [InlineData("ping time", "ping_time")]
    [InlineData("Ação!", "ação")]
    [InlineData("a/b:c-d", "a/b:c-d")]
    [InlineData("__name__", null)]
    [InlineData("{}", null)]
    [InlineData("   ", null)]
    public void Is_the_name_of_a_label(string name, string? label) => Assert.Equal(label, LabelNames.Of(name));

    [Theory]
    [InlineData("PAGE", "critical")]
    [InlineData(" Sev1 ", "high")]
    [InlineData("Average", "medium")]
    [InlineData("P4", "low")]
    [InlineData("notice", "info")]
    [InlineData("purple", null)]
    [InlineData(null, null)]
    public void Is_a_severity(string? word, string? severity) => Assert.Equal(severity, SeverityWords.Of(word, Integration("generic")));

    [Fact]
    public void Is_a_severity_by_the_integrations_own_words_before_all_others() => Assert.Equal("low",
        SeverityWords.Of("Critical", Integration("generic") with { SeverityWords = new Dictionary<string, string> { ["critical"] = "low" } }));

    [Fact]
    public void Has_more_labels_than_are_kept()
    {
        Understood news = new()
        {
            State = UnderstoodState.Firing, ExternalId = new string('x', 300), Title = new string('t', 900), Service = "checkout",
            Labels = Enumerable.Range(0, 60).ToDictionary(n => $"label{n:00}", n => new string('v', n * 20)).Append(new("AlertName", "x"))
                .ToDictionary(one => one.Key, one => one.Value),
        };
        var kept = NewsLimits.Fit(news, Now);

        Assert.Equal(("x", "checkout"), (kept.Labels["alertname"], kept.Labels["service"]));
        Assert.True(System.Text.Json.JsonSerializer.Serialize(kept.Labels).Length < 800);
        Assert.Equal((32, 500), (kept.ExternalId.Length, kept.Title!.Length));
        Assert.Equal(kept.Labels,
            NewsLimits.Fit(news with { Labels = news.Labels.Reverse().ToDictionary(one => one.Key, one => one.Value) }, Now).Labels);
        Assert.Contains("label10", kept.Annotations.Keys);
    }

    [Fact]
    public void Is_in_the_future_by_a_wrong_clock()
    {
        var news = NewsLimits.Fit(new()
        {
            State = UnderstoodState.Firing, ExternalId = "1", StartsAt = Utc("2999-01-01T00:00:00Z"), ReportedAt = Utc("2999-01-01T00:00:00Z"),
        }, Now);

        Assert.Equal(Utc("2999-01-01T00:00:00Z"), news.StartsAt); // kept
        Assert.Null(news.ReportedAt); // not trusted
        Assert.Contains("in the future", news.Annotations["odd_time"], StringComparison.Ordinal);
        Assert.Null(NewsLimits.Fit(news with { StartsAt = Now.AddMinutes(4), Annotations = new Dictionary<string, string>() }, Now)
            .Annotations.GetValueOrDefault("odd_time"));
    }
}
