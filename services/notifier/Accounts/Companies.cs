using Microsoft.Extensions.Options;
using Sigma.Hosting.Http;
using Sigma.Segware;

namespace Sigma.Notifier.Accounts;

/// <summary>Trade names of companies. An empty name is an answer too, null is none.</summary>
internal sealed class Companies
{
    readonly LoadingCache<long, string?> _names;

    public Companies(SegwareApi api, IOptions<NotifierOptions> options, TimeProvider time, ILogger<Companies> log)
    {
        var accounts = options.Value.Accounts;
        FailFast failFast = new(accounts.KeepFailureFor, time);
        _names = new(async id =>
        {
            using var patience = new CancellationTokenSource(accounts.Patience);
            try
            {
                return await failFast.Call(ct => api.GetObject($"v1/company/{id}", SegwareResponses.CompanyName, ct), patience.Token);
            }
            catch (ApiException e) when (e.Status == System.Net.HttpStatusCode.NotFound)
            {
                return "";
            }
            catch (Exception e)
            {
                log.LogWarning("The name of company {Company} is unavailable: {Reason}", id, e.Message);
                return null;
            }
        }, name => name is null ? accounts.KeepFailureFor : accounts.KeepFor, 5000, time);
    }

    public Task<string?> Name(long company, CancellationToken ct) => _names.Get(company, ct);
}
