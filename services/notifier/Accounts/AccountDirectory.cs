using System.Net;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Http;
using Sigma.Segware;

namespace Sigma.Notifier.Accounts;

/// <summary>Names of accounts, as good as they can be had within the patience. It never fails: an alert is not lost for want of a name.</summary>
internal sealed class AccountDirectory
{
    const int LookUpsAtATime = 8;

    readonly SegwareApi _api;
    readonly Companies _companies;
    readonly ClientGroups _groups;
    readonly LastKnownAccounts _lastKnown;
    readonly AccountOptions _options;
    readonly ILogger _log;
    readonly Silence _silence;
    readonly Remembered<string, AccountNames> _accounts;

    public AccountDirectory(SegwareApi api, Companies companies, ClientGroups groups, LastKnownAccounts lastKnown, IOptions<NotifierOptions> options,
        TimeProvider time, ILogger<AccountDirectory> log)
    {
        (_api, _companies, _groups, _lastKnown, _options, _log) = (api, companies, groups, lastKnown, options.Value.Accounts, log);
        _silence = new(_options.KeepFailureFor, time);
        _accounts = new(LookUp, KeepFor, _options.Limit, time);
    }

    /// <summary>The names; null when the source's labels name no Segware account.</summary>
    public async Task<AccountNames?> Find(string source, IReadOnlyDictionary<string, string> labels, CancellationToken ct) =>
        NameOf(source, labels) is { } account ? await _accounts.Get(account, ct) : null;

    /// <summary>The names of many accounts, some at a time, in the patience of one: who is not reached in time goes by what was known last.</summary>
    public async Task<IReadOnlyList<AccountNames?>> FindAll(IReadOnlyList<(string Source, IReadOnlyDictionary<string, string> Labels)> alerts, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(_options.Patience);
        var found = new AccountNames?[alerts.Count];
        await Parallel.ForEachAsync(alerts.Index(), new ParallelOptions { MaxDegreeOfParallelism = LookUpsAtATime, CancellationToken = ct },
            async (alert, _) => found[alert.Index] = await FindWithin(patience.Token, alert.Item.Source, alert.Item.Labels, ct));
        return found;
    }

    async Task<AccountNames?> FindWithin(CancellationToken patience, string source, IReadOnlyDictionary<string, string> labels, CancellationToken ct)
    {
        try
        {
            patience.ThrowIfCancellationRequested(); // no look-up is begun that nobody waits for
            return await Find(source, labels, patience);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return NameOf(source, labels) is { } account ? await LastKnown(account) ?? AccountNames.Nameless(account, Standing.Unavailable) : null;
        }
    }

    string? NameOf(string source, IReadOnlyDictionary<string, string> labels) =>
        source == _options.Source && labels.TryGetValue("account", out var account) && account.Length > 0 ? account : null;

    TimeSpan KeepFor(AccountNames names) => names switch
    {
        { Standing: Standing.NotFound } => _options.KeepNotFoundFor,
        { Complete: true } => _options.KeepFor,
        _ => _options.KeepFailureFor,
    };

    async Task<AccountNames> LookUp(string account)
    {
        using var patience = new CancellationTokenSource(_options.Patience);
        AccountAnswer answer;
        try
        {
            answer = await _silence.Or(ct => _api.GetObject($"v5/accounts/{Uri.EscapeDataString(account)}", AccountAnswer.Of, ct), patience.Token);
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            _log.LogWarning("Account {Account} is not known to Segware; its alerts show the id", account);
            return AccountNames.Nameless(account, Standing.NotFound);
        }
        catch (Exception e)
        {
            _log.LogWarning("Account {Account} cannot be looked up for now: {Reason}", account, Reason(e));
            return await LastKnown(account) ?? AccountNames.Nameless(account, Standing.Unavailable);
        }

        var askingCompany = answer.CompanyId is { } id ? Ask(_companies.Name(id, patience.Token)) : Task.FromResult<string?>(null);
        var askingGroup = answer.ClientGroup is { Length: > 0 } groupId ? Ask(_groups.Name(groupId, patience.Token)) : Task.FromResult(answer.ClientGroup);
        var company = await askingCompany;
        var group = await askingGroup;

        var complete = answer is { AccountCode: not null, TradeName: not null } && company is not null && group is not null;
        var before = complete ? null : await LastKnown(account);
        var names = Join(account, answer, company, group, before) with { Complete = complete };
        if (names.Standing == Standing.Known)
            await Keep(names);
        else
            _log.LogWarning("The answer about account {Account} has no accountCode or companyId that can be read; its alerts show what it has", account);
        return names;
    }

    /// <summary>
    /// What is not answered is as it was known before. Code and company identify the account together: one is not taken over when the other is another since.
    /// </summary>
    static AccountNames Join(string account, AccountAnswer answer, string? company, string? group, AccountNames? before)
    {
        var code = answer.AccountCode ?? (before is not null && before.CompanyId == answer.CompanyId ? before.Code : null);
        var companyId = answer.CompanyId ?? (before is not null && before.Code == answer.AccountCode ? before.CompanyId : null);
        return new AccountNames(account, code is null || companyId is null ? Standing.Unavailable : Standing.Known, code ?? account, companyId,
            Or(answer.TradeName, before?.TradeName), Or(company, companyId is null || before?.CompanyId == companyId ? before?.Company : null),
            Or(group, before?.ClientGroup));
    }

    /// <summary>The API's empty answer is no name; no answer is what was known before.</summary>
    static string Or(string? answer, string? before) => answer switch
    {
        null => before ?? AccountNames.NoName,
        "" => AccountNames.NoName,
        _ => answer,
    };

    static async Task<string?> Ask(Task<string?> question)
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

    async Task<AccountNames?> LastKnown(string account)
    {
        try
        {
            return await _lastKnown.Find(account, CancellationToken.None);
        }
        catch (Exception e)
        {
            _log.LogWarning("The last known names of account {Account} cannot be read: {Reason}", account, e.Message);
            return null;
        }
    }

    async Task Keep(AccountNames names)
    {
        try
        {
            await _lastKnown.Keep(names, CancellationToken.None);
        }
        catch (Exception e)
        {
            _log.LogWarning("The names of account {Account} cannot be kept: {Reason}", names.Account, e.Message);
        }
    }

    string Reason(Exception e) => e is OperationCanceledException ? $"no answer within {_options.Patience.TotalSeconds:0} s" : e.Message;
}
