using Microsoft.Extensions.Configuration;
using Thumbnails.Api.Hosting;

namespace Thumbnails.Api.Tests;

public class AuthSettingsTests
{
    private const string Hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private const string Other = "486ea46224d1bb4fb680f34f7c9ad96a8f24ec88be73ea8e5a6c65260e9cb8a7";

    [Theory]
    [InlineData("a=" + Hash)]
    [InlineData("a=" + Hash + ",a=" + Other)]
    [InlineData(" a=" + Hash + ", b=" + Other + ",")]
    public void Every_API_key_has_a_name(string keys) => Assert.Empty(FaultsOf(keys));

    [Theory]
    [InlineData("=" + Hash)]
    [InlineData(Hash)]
    [InlineData(" =" + Hash)]
    [InlineData("a=")]
    [InlineData(" ")]
    [InlineData(",")]
    [InlineData("a=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("a=" + Hash + ",b=E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("a=" + Hash + ",b=" + Hash)]
    public void Insecure_API_key_settings_are_rejected(string keys) =>
        Assert.StartsWith("Auth:ApiKeys ", Assert.Single(FaultsOf(keys)), StringComparison.Ordinal);

    private static IReadOnlyList<string> FaultsOf(string keys)
    {
        var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection([new("Auth:ApiKeys", keys), new("Auth:AllowAnonymous", "true")]).Build());
        AuthSettings.Read(reader, new StorageSettings.Files("data"), isServed: true);
        return reader.Faults;
    }
}
