using System.Text;
using System.Text.Json;
using Sigma.Contracts;
using Sigma.Gateway.Integrations;

namespace Sigma.ServiceTests.Gateway.Payloads;

/// <summary>Who sends to an integration, as its vendor does, and what became of it.</summary>
internal sealed class PayloadSender(PayloadStation station, string name, string kind, string key)
{
    public string Name => name;

    public string Key => key;

    public IReadOnlyList<AlertRaised> Raised => station.News.Raised(name);

    public IReadOnlyList<AlertCleared> Cleared => station.News.Cleared(name);

    public IReadOnlyList<ReportedCondition> Conditions => station.News.Conditions(name);

    public IReadOnlyList<LogLine> Lines => station.News.Lines(name);

    public Task<IReadOnlyList<JsonElement>> Deliveries => station.Deliveries(name);

    public Task<(int Status, string Text)> Send(string body, params (string Name, string Value)[] headers) =>
        Send($"/in/{name}?key={key}", Encoding.UTF8.GetBytes(body), headers);

    public Task<(int Status, string Text)> Send(byte[] body, params (string Name, string Value)[] headers) =>
        Send($"/in/{name}?key={key}", body, headers);

    /// <summary>Posts a body to an address of its protocol's own.</summary>
    public async Task<(int Status, string Text)> Send(string path, byte[] body, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type",
            kind == IntegrationKind.Aws ? "text/plain; charset=UTF-8" : "application/json");
        foreach (var (header, value) in headers)
            if (!header.Equals("content-type", StringComparison.OrdinalIgnoreCase))
                request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await station.Http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until so many alerts were raised and so many cleared, and sees that no more come.</summary>
    public async Task Expect(int raised, int cleared, string story)
    {
        await Await.Until(() => Task.FromResult((Raised.Count, Cleared.Count)), seen => seen.Item1 >= raised && seen.Item2 >= cleared,
            $"{raised} are raised and {cleared} cleared of {name} by {story}");
        await station.Settle();
        Assert.True((Raised.Count, Cleared.Count) == (raised, cleared),
            $"{Raised.Count} were raised and {Cleared.Count} cleared, not {raised} and {cleared}, by {story}");
    }
}
