using Microsoft.AspNetCore.Hosting;
using Sigma.Benchmarks.Traffic;

namespace Sigma.Benchmarks.Screens;

/// <summary>Answers the console's questions for the names of accounts, as the notifier does, which is not to take what is measured as well.</summary>
internal sealed class NameServer : IAsyncDisposable
{
    /// <summary>The key of the internal API.</summary>
    public const string Key = "benchmark-of-the-console";

    readonly WebApplication _app;

    NameServer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public static async Task<NameServer> Start(CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseRouting();
        app.MapPost("/internal/notifier/accounts/names", (Question question) => Results.Json(new
        {
            accounts = question.Accounts.Select(account => new
            {
                account, code = account[1..], tradeName = $"Loja {account} de Materiais Elétricos", company = AlertStock.Company(account),
                clientGroup = $"Grupo {int.Parse(account, System.Globalization.CultureInfo.InvariantCulture) % 40:00}",
            }),
        }));
        await app.StartAsync(ct);
        return new NameServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    sealed record Question(IReadOnlyList<string> Accounts);
}
