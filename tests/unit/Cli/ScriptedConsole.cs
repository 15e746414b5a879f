using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Sigma.Cli;

namespace Sigma.UnitTests.Cli;

/// <summary>Answers as a console's API would, by a script, and keeps what it was asked; and a person who types <c>sigma …</c> for it.</summary>
internal sealed class ScriptedConsole : IAsyncDisposable
{
    public const string Token = "sigma_the-token-of-the-tests";

    readonly WebApplication _app;
    readonly string _tokenFile = Path.GetTempFileName();
    readonly ConcurrentQueue<string> _requests = new();
    readonly ConcurrentQueue<string> _authorizations = new();

    ScriptedConsole(Func<string, IResult> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(async http =>
        {
            using StreamReader body = new(http.Request.Body, Encoding.UTF8);
            var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            var request = $"{http.Request.Method} {target} {await body.ReadToEndAsync()}".TrimEnd();
            _requests.Enqueue(request);
            _authorizations.Enqueue(http.Request.Headers.Authorization.ToString());
            await answer(request).ExecuteAsync(http);
        });
        File.WriteAllText(_tokenFile, Token + "\n");
    }

    /// <summary>What was asked: method, address and body.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>By whom, each.</summary>
    public IReadOnlyList<string> Authorizations => [.. _authorizations];

    public string Address => _app.Urls.First();

    /// <param name="answer">By method, address and body.</param>
    public static async Task<ScriptedConsole> Start(Func<string, IResult> answer)
    {
        ScriptedConsole console = new(answer);
        await console._app.StartAsync();
        return console;
    }

    /// <summary>One that says the same to everything.</summary>
    public static Task<ScriptedConsole> Saying(string json) => Start(_ => Json(json));

    public static IResult Json(string json) => Results.Content(json, "application/json");

    public static IResult Problem(int status, string? detail, params string[] faults) => Results.Content(
        JsonSerializer.Serialize(new { status, detail, faults = faults.Length > 0 ? faults : null }), "application/problem+json", null, status);

    public async Task<Typed> Sigma(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var exitCode = await CommandLine.Run([.. args, "--console", Address, "--token-file", _tokenFile], output, error);
        return new(exitCode, output.ToString(), error.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        File.Delete(_tokenFile);
    }
}

/// <summary>What came of it.</summary>
internal sealed record Typed(int ExitCode, string Output, string Error);
