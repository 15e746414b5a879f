using System.Collections.Concurrent;

namespace Sigma.Simulator.Segware;

/// <summary>Accounts, companies and client groups: those added, and made-up ones for every other id.</summary>
public sealed class SimulatedAccounts
{
    private readonly AccountGenerator _invention;
    private readonly ConcurrentDictionary<long, Account> _accounts = new();
    private readonly ConcurrentDictionary<long, Company> _companies = new();
    private readonly ConcurrentDictionary<long, ClientGroup> _groups = new();
    private readonly ConcurrentDictionary<long, bool> _unknown = new();
    private readonly ConcurrentDictionary<long, bool> _failing = new();

    internal SimulatedAccounts(int seed)
    {
        _invention = new AccountGenerator(seed);
        foreach (var company in _invention.Companies)
        {
            Add(company);
        }

        foreach (var group in _invention.Groups)
        {
            Add(group);
        }
    }

    /// <summary>All companies.</summary>
    public IReadOnlyCollection<Company> Companies => [.. _companies.Values.OrderBy(c => c.Id)];

    /// <summary>All client groups.</summary>
    public IReadOnlyCollection<ClientGroup> Groups => [.. _groups.Values.OrderBy(g => g.Id)];

    /// <summary>Adds or replaces an account.</summary>
    public void Add(Account account) => _accounts[account.Id] = account;

    /// <summary>Adds or replaces a company.</summary>
    public void Add(Company company) => _companies[company.Id] = company;

    /// <summary>Adds or replaces a client group.</summary>
    public void Add(ClientGroup group) => _groups[group.Id] = group;

    /// <summary>Makes an account answer 404, or exist again.</summary>
    public void SetUnknown(long accountId, bool unknown = true) => Set(_unknown, accountId, unknown);

    /// <summary>Makes a company answer 500, or answer again.</summary>
    public void SetFailing(long companyId, bool failing = true) => Set(_failing, companyId, failing);

    /// <summary>The account as GET /v5/accounts/{id} would show it, made up if nobody added it.</summary>
    public Account Get(long accountId) => _accounts.TryGetValue(accountId, out var added) ? added : _invention.Account(accountId);

    internal Account? Find(long accountId, bool madeUpToo) =>
        _unknown.ContainsKey(accountId) ? null : madeUpToo || _accounts.ContainsKey(accountId) ? Get(accountId) : null;

    internal Account? FindByCode(long companyId, string accountCode, bool madeUpToo) =>
        _accounts.Values.FirstOrDefault(a => a.CompanyId == companyId && a.AccountCode == accountCode)
        ?? (madeUpToo && _invention.IdOf(accountCode) is { } id && Get(id) is var account && account.CompanyId == companyId ? account : null);

    internal Company? FindCompany(long companyId) => _companies.GetValueOrDefault(companyId);

    internal bool IsFailing(long companyId) => _failing.ContainsKey(companyId);

    private static void Set(ConcurrentDictionary<long, bool> marks, long id, bool marked)
    {
        if (marked)
        {
            marks[id] = true;
        }
        else
        {
            marks.TryRemove(id, out _);
        }
    }
}
