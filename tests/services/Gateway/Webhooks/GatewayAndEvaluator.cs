using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Evaluator;
using Sigma.Gateway;
using Sigma.Gateway.Integrations;
using Sigma.Hosting;

namespace Sigma.ServiceTests.Gateway.Webhooks;

/// <summary>A gateway and an evaluator in one process: from a sender's body to the alert. Each kind has an integration of its name.</summary>
public sealed class GatewayAndEvaluator : IAsyncLifetime
{
    /// <summary>By this replies are signed.</summary>
    public const string ReplySecret = "secret-of-replies";

    const string ApiKey = "the key of the tests";

    readonly string _file = Path.Combine(Path.GetTempPath(), $"sigma-gateway-{Guid.NewGuid():N}.db");
    WebApplication? _app;

    /// <summary>Who sends; the key is in the address.</summary>
    public HttpClient Http { get; private set; } = null!;

    /// <summary>Who asks.</summary>
    public HttpClient Console { get; private set; } = null!;

    public static string KeyOf(string kind) => $"key-of-{kind}-0123456789";

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        Dictionary<string, string?> settings = new()
        {
            ["LOG_LEVEL"] = "error", ["urls"] = "http://127.0.0.1:0", ["Bus:Transport"] = "InMemory", ["Storage:Provider"] = "Sqlite",
            ["Storage:ConnectionString"] = $"Data Source={_file}", ["Api:Key"] = ApiKey, ["Gateway:Confirmations:Automatic"] = "false",
            ["Gateway:Replies:PagerDutySecrets"] = ReplySecret, ["Gateway:Replies:SlackSigningSecret"] = ReplySecret,
        };
        foreach (var (index, kind) in IntegrationKind.Webhooks.Index())
        {
            settings[$"Gateway:Integrations:{index}:Name"] = kind;
            settings[$"Gateway:Integrations:{index}:Kind"] = kind;
            settings[$"Gateway:Integrations:{index}:Key"] = KeyOf(kind);
            if (kind == IntegrationKind.Aws)
                settings[$"Gateway:Integrations:{index}:Settings:VerifySignature"] = "false"; // no sample's holds any more
            if (kind == IntegrationKind.StandardWebhook)
                settings[$"Gateway:Integrations:{index}:Secret"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
            settings[$"Evaluator:Rules:{index}:Name"] = RuleOf(kind);
            settings[$"Evaluator:Rules:{index}:Source"] = kind;
            settings[$"Evaluator:Rules:{index}:Kind"] = "external";
            settings[$"Evaluator:Rules:{index}:GroupBy"] = "integration";
        }
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        _app = await ServiceHost.Start("gateway", builder, service => service.AddGateway().AddEvaluator(), CancellationToken.None);
        var root = new Uri(_app.Urls.First());
        Http = new HttpClient { BaseAddress = root };
        Console = new HttpClient { BaseAddress = root };
        Console.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
    }

    /// <summary>Sends a body as its vendor would; returns the answer's status and text.</summary>
    public async Task<(int Status, string Text)> Send(string kind, byte[] body, IReadOnlyDictionary<string, string>? headers = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"/in/{kind}?key={KeyOf(kind)}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type",
            kind == IntegrationKind.Aws ? "text/plain; charset=UTF-8" : "application/json");
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await Http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>How many alerts of an integration are raised.</summary>
    public async Task<int> Raised(string kind) => (await Console.GetFromJsonAsync<JsonElement>($"/internal/evaluator/alerts?rule={RuleOf(kind)}"))
        .GetProperty("items").GetArrayLength();

    /// <summary>The alert of an integration that is raised.</summary>
    public async Task<JsonElement> Alert(string kind) =>
        (await Console.GetFromJsonAsync<JsonElement>($"/internal/evaluator/alerts?rule={RuleOf(kind)}")).GetProperty("items")[0];

    /// <summary>What was delivered, the oldest first.</summary>
    public async Task<List<JsonElement>> Deliveries(string kind) =>
        [.. (await Console.GetFromJsonAsync<JsonElement>($"/internal/gateway/intake?integration={kind}&limit=500")).GetProperty("items")
            .EnumerateArray()];

    public async Task DisposeAsync()
    {
        Http.Dispose();
        Console.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        foreach (var part in (string[])["", "-wal", "-shm", ".lock"])
            File.Delete(_file + part);
    }

    static string RuleOf(string kind) => $"alerts-of-{kind}";
}
