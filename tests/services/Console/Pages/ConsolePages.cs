using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sigma.Hosting;
using Sigma.OperatorConsole;
using Sigma.Storage;

namespace Sigma.ServiceTests.Console.Pages;

/// <summary>A console of one test's own, asked as a browser on its own machine asks it: an operator is signed in by that.</summary>
internal sealed class ConsolePages : IAsyncDisposable
{
    readonly ConcurrentQueue<string> _errors = new();
    readonly string _file;
    readonly WebApplication _app;

    ConsolePages(string file, WebApplication app)
    {
        _file = file;
        _app = app;
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(new ErrorLog(_errors));
        SocketsHttpHandler browser = new() { AllowAutoRedirect = false, UseCookies = true, AutomaticDecompression = DecompressionMethods.None };
        Http = new HttpClient(browser) { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(30) };
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public Database Database => Services.GetRequiredService<Database>();

    public Uri Url => new(_app.Urls.First());

    public static async Task<ConsolePages> Start(params (string Key, string Value)[] settings)
    {
        var file = Path.Combine(Path.GetTempPath(), $"sigma-console-{Guid.NewGuid():N}.db");
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LOG_LEVEL"] = "error",
            ["urls"] = "http://127.0.0.1:0",
            ["Bus:Transport"] = "InMemory",
            ["Storage:Provider"] = "Sqlite",
            ["Storage:ConnectionString"] = $"Data Source={file}",
            ["Console:SignInOnLoopback"] = "true",
            ["Console:AdministratorPassword"] = "a password of the tests",
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(60));
        return new(file, await ServiceHost.Start("console", builder, service => service.AddConsole(), late.Token));
    }

    /// <summary>A page as it is shown in a language; throws for what is no page.</summary>
    public async Task<string> Page(string address, string language = "pt-BR")
    {
        using var answer = await Ask(address, language);
        Assert.True(answer.IsSuccessStatusCode, $"{address} answers {answer.StatusCode}: {string.Join('\n', _errors)}");
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    public async Task<HttpResponseMessage> Ask(string address, string language = "pt-BR")
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        return await Http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        File.Delete(_file);
    }

    /// <summary>What the service writes that went wrong, for the message of a test.</summary>
    sealed class ErrorLog(ConcurrentQueue<string> errors) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                errors.Enqueue($"{formatter(state, exception)} {exception}");
        }

        public void Dispose() { }
    }
}
