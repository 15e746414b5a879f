using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Operations;

/// <summary>How each service is, by its own word: all are asked at once, and none is waited for longer than a few seconds.</summary>
internal sealed class HealthQuery(IHttpClientFactory clients, IServer server, ServiceProcesses processes, IOptions<ApiOptions> api)
{
    const int LargestAnswer = 64 * 1024;

    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    // Not the service's clock: a demonstration's runs ahead of the answers.
    static readonly TimeProvider Real = TimeProvider.System;

    /// <summary>All of them; those that share a process are one.</summary>
    public async Task<IReadOnlyList<ServiceHealth>> All(Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return await Task.WhenAll(processes.All().Select(process =>
            process.Address is { } address ? Of(process.Services, address, ct) : Task.FromResult(NotKnown(process))));
    }

    static ServiceHealth NotKnown(ServiceProcess process) => new()
    {
        Services = process.Services,
        Problem = $"it is not known where it answers: set {process.Setting}, for example http://{process.Services[0]}:8080, and Api__Key",
    };

    async Task<ServiceHealth> Of(IReadOnlyList<string> services, string configured, CancellationToken ct)
    {
        ServiceHealth health = new() { Services = services };
        if (new ServiceAddress("urls", configured, server).Find() is not { } address)
            return health with { Problem = "this process does not listen to plain HTTP" };
        using var clock = new CancellationTokenSource(Timeout, Real);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct, clock.Token);
        var begin = Real.GetTimestamp();
        var version = Version(address, ends.Token);
        try
        {
            var (status, body) = await Ask(address, "health/ready", ends.Token);
            health = health with { Took = Real.GetElapsedTime(begin) };
            health = Read(body) is { } answer ? health with { Status = answer.Status, Checks = answer.Checks }
                : health with { Problem = $"it answered {status} and no health" };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            health = health with { Problem = $"no answer within {Timeout.TotalSeconds:0} seconds" };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            health = health with { Problem = e.GetBaseException().Message };
        }
        return health with { Version = await version };
    }

    async Task<string?> Version(Uri address, CancellationToken ct)
    {
        if (api.Value.Key.Length == 0)
            return null;
        try
        {
            var (status, body) = await Ask(address, "internal/about", ct);
            return status == StatusCodes.Status200OK ? JsonSerializer.Deserialize<About>(body, ServiceJson.Options)?.Version : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or OperationCanceledException)
        {
            return null; // its health says why
        }
    }

    async Task<(int Status, byte[] Body)> Ask(Uri address, string path, CancellationToken ct)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(address, path));
        if (path.StartsWith("internal/", StringComparison.Ordinal))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", api.Value.Key);
        using var response = await clients.CreateClient(ServiceCalls.Client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var body = new byte[LargestAnswer];
        var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, ct);
        return ((int)response.StatusCode, body[..length]);
    }

    static Answer? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<Answer>(body, ServiceJson.Options) is { Status.Length: > 0 } answer ? answer : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    sealed record Answer
    {
        public string Status { get; init; } = "";

        public IReadOnlyDictionary<string, string> Checks { get; init; } = new Dictionary<string, string>();
    }

    sealed record About(string? Version);
}

/// <summary>How a process is.</summary>
public sealed record ServiceHealth
{
    /// <summary>The services in it.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary><c>ok</c> or <c>not ready</c>; null when it did not answer.</summary>
    public string? Status { get; init; }

    /// <summary>What it depends on, each <c>ok</c> or what is wrong with it.</summary>
    public IReadOnlyDictionary<string, string> Checks { get; init; } = new Dictionary<string, string>();

    /// <summary>Of which version it is; null when it does not say so.</summary>
    public string? Version { get; init; }

    /// <summary>How long the answer took.</summary>
    public TimeSpan? Took { get; init; }

    /// <summary>Why there is no answer.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether it can do its work.</summary>
    public bool IsOk => Status == "ok";
}
