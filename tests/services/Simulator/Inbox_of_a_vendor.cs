using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sigma.Simulator.Received;
using Sigma.Simulator.Vendors;

namespace Sigma.ServiceTests.Simulator;

public sealed class Inbox_of_a_vendor
{
    private readonly Lines _lines = new();

    [Fact]
    public void Keeps_the_last_thousand_and_counts_all()
    {
        var inbox = Inbox();

        for (var i = 0; i < 1_005; i++)
        {
            Add(inbox, "somebody", $"{i}");
        }

        Assert.Equal(1_000, inbox.Posts.Count);
        Assert.Equal(("5", "1004"), (inbox.Posts[0].Text, inbox.Posts[^1].Text));
        Assert.Equal((1_005, 0), (inbox.Count, inbox.Duplicates));
    }

    [Fact]
    public void Takes_the_same_words_to_another_for_another_message()
    {
        var inbox = Inbox();

        Add(inbox, "one", "a");
        Add(inbox, "two", "a");
        Add(inbox, "one", "a");

        Assert.Equal([false, false, true], inbox.Posts.Select(post => post.IsDuplicate));
    }

    [Theory]
    [InlineData("+5511999990000", "…0000")]
    [InlineData("0123456789abcdef0123456789abcdef", "…cdef")]
    [InlineData("42", "…")]
    public void Logs_neither_the_recipient_nor_the_text(string recipient, string masked)
    {
        Add(Inbox(), recipient, "Auto Posto Santa Rita");

        var line = Assert.Single(_lines);
        Assert.Equal($"twilio took a message for {masked}, 21 characters, duplicate: False", line);
    }

    [Theory]
    [InlineData("/bot110201543:simulated-telegram-token/getUpdates", "/…oken/getUpdates")]
    [InlineData("/v1/companies", "/v1/companies")]
    public void Paths_without_a_route_are_shown_without_their_tokens(string path, string shown) => Assert.Equal(shown, Mask.Path(path));

    private Inbox Inbox() => new("twilio", new ReceivedLog(), new ManualClock(), _lines);

    private static void Add(Inbox inbox, string to, string text) =>
        inbox.Add(new DefaultHttpContext(), to, text, JsonSerializer.SerializeToElement(new { text }));

    private sealed class Lines : List<string>, ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add(formatter(state, exception));
    }
}
