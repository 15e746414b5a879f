using System.Net;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Http;
using Sigma.Segware;

namespace Sigma.Notifier.Accounts;

/// <summary>
/// Looks up the names of accounts within a time-out. It never fails: an alert is sent without names rather than not at all. Without Segware there are
/// no accounts of its, and every alert shows its labels.
/// </summary>
internal sealed class AccountLookup
{
    const int LookUpsAtATime = 8;

    readonly SegwareApi _api;
    readonly Companies _companies;
    readonly ClientGroups _groups;
    readonly LastKnownAccounts _lastKnown;
    readonly AccountOptions _options;
    readonly bool _isOn;
    readonly ILogger _log;
    readonly FailFast _failFast;
    readonly LoadingCache<string, AccountInfo> _accounts;

    public AccountLookup(SegwareApi api, Companies companies, ClientGroups groups, LastKnownAccounts lastKnown, IOptions<NotifierOptions> options,
        IOptions<SegwareOptions> segware, TimeProvider time, ILogger<AccountLookup> log)
    {
        _api = api;
        _companies = companies;
        _groups = groups;
        _lastKnown = lastKnown;
        _options = options.Value.Accounts;
        _isOn = segware.Value.IsOn;
        _log = log;
        _failFast = new(_options.KeepFailureFor, time);
        _accounts = new(LookUp, KeepFor, _options.Limit, time);
    }

    /// <summary>The names; null when the source's labels name no Segware account.</summary>
    public async Task<AccountInfo?> Find(string source, IReadOnlyDictionary<string, string> labels, CancellationToken ct) =>
        NameOf(source, labels) is { } account ? await _accounts.Get(account, ct) : null;

    /// <summary>
    /// The names of many accounts, in parallel, within the time-out of one; an account that is not answered in time uses the last known names.
    /// </summary>
    public async Task<IReadOnlyList<AccountInfo?>> FindAll(IReadOnlyList<(string Source, IReadOnlyDictionary<string, string> Labels)> alerts,
        CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(_options.Patience);
        var found = new AccountInfo?[alerts.Count];
        await Parallel.ForEachAsync(alerts.Index(), new ParallelOptions { MaxDegreeOfParallelism = LookUpsAtATime, CancellationToken = ct },
            async (alert, _) => found[alert.Index] = await FindBefore(patience.Token, alert.Item.Source, alert.Item.Labels, ct));
        return found;
    }

    async Task<AccountInfo?> FindBefore(CancellationToken patience, string source, IReadOnlyDictionary<string, string> labels, CancellationToken ct)
    {
        try
        {
            patience.ThrowIfCancellationRequested(); // no lookup begins after the time-out
            return await Find(source, labels, patience);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return NameOf(source, labels) is { } account ? await LastKnown(account) ?? AccountInfo.Nameless(account, LookupStatus.Unavailable) : null;
        }
    }

    /// <summary>Whether an alert is about an account of Segware's.</summary>
    public bool IsAboutOne(string source, IReadOnlyDictionary<string, string> labels) => NameOf(source, labels) is not null;

    string? NameOf(string source, IReadOnlyDictionary<string, string> labels) =>
        _isOn && source == _options.Source && labels.TryGetValue("account", out var account) && account.Length > 0 ? account : null;

    TimeSpan KeepFor(AccountInfo names) => names switch
    {
        { Status: LookupStatus.NotFound } => _options.KeepNotFoundFor,
        { Complete: true } => _options.KeepFor,
        _ => _options.KeepFailureFor,
    };

    async Task<AccountInfo> LookUp(string account)
    {
        using var patience = new CancellationTokenSource(_options.Patience);
        AccountResponse response;
        try
        {
            response = await _failFast.Call(ct => _api.GetObject($"v5/accounts/{Uri.EscapeDataString(account)}", AccountResponse.Of, ct),
                patience.Token);
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            _log.LogWarning("Account {Account} is not known to Segware; its alerts show the id", account);
            return AccountInfo.Nameless(account, LookupStatus.NotFound);
        }
        catch (Exception e)
        {
            _log.LogWarning("Account {Account} could not be looked up: {Reason}", account, Reason(e));
            return await LastKnown(account) ?? AccountInfo.Nameless(account, LookupStatus.Unavailable);
        }

        var askingCompany = response.CompanyId is { } id ? ResultOrNull(_companies.Name(id, patience.Token)) : Task.FromResult<string?>(null);
        var askingGroup = response.ClientGroup is { Length: > 0 } groupId
            ? ResultOrNull(_groups.Name(groupId, patience.Token)) : Task.FromResult(response.ClientGroup);
        var company = await askingCompany;
        var group = await askingGroup;

        var complete = response is { AccountCode: not null, TradeName: not null } && company is not null && group is not null;
        var before = complete ? null : await LastKnown(account);
        var names = Merge(account, response, company, group, before) with { Complete = complete };
        if (names.Status == LookupStatus.Known)
            await Keep(names);
        else
            _log.LogWarning("The answer about account {Account} has no accountCode or companyId that can be read; its alerts show what it has",
                account);
        return names;
    }

    /// <summary>
    /// What is not answered is as it was known before. Code and company identify the account together: one is not taken over when the other is
    /// another since.
    /// </summary>
    static AccountInfo Merge(string account, AccountResponse response, string? company, string? group, AccountInfo? before)
    {
        var code = response.AccountCode ?? (before is not null && before.CompanyId == response.CompanyId ? before.Code : null);
        var companyId = response.CompanyId ?? (before is not null && before.Code == response.AccountCode ? before.CompanyId : null);
        return new AccountInfo(account, code is null || companyId is null ? LookupStatus.Unavailable : LookupStatus.Known, code ?? account, companyId,
            Or(response.TradeName, before?.TradeName), Or(company, companyId is null || before?.CompanyId == companyId ? before?.Company : null),
            Or(group, before?.ClientGroup));
    }

    /// <summary>The API's empty answer is no name; no answer is what was known before.</summary>
    static string Or(string? answer, string? before) => answer switch
    {
        null => before ?? AccountInfo.NoName,
        "" => AccountInfo.NoName,
        _ => answer,
    };

    static async Task<string?> ResultOrNull(Task<string?> question)
    {
        try
        {
            return await question;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    async Task<AccountInfo?> LastKnown(string account)
    {
        try
        {
            return await _lastKnown.Find(account, CancellationToken.None);
        }
        catch (Exception e)
        {
            _log.LogWarning("Reading the last known names of account {Account} failed: {Reason}", account, e.Message);
            return null;
        }
    }

    async Task Keep(AccountInfo names)
    {
        try
        {
            await _lastKnown.Keep(names, CancellationToken.None);
        }
        catch (Exception e)
        {
            _log.LogWarning("Storing the names of account {Account} failed: {Reason}", names.Account, e.Message);
        }
    }

    string Reason(Exception e) => e is OperationCanceledException ? $"no answer within {_options.Patience.TotalSeconds:0} s" : e.Message;
}
