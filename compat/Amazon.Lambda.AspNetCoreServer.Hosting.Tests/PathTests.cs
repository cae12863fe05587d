namespace Amazon.Lambda.Tests;

public class PathTests
{
    // The second argument is what Kestrel decodes the first to.
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a%20b", "/a b")]
    [InlineData("/a+b", "/a+b")]
    [InlineData("/%C3%A4/ä/%F0%9F%98%80", "/ä/ä/😀")]
    [InlineData("/a%2Fb%2fc", "/a%2Fb%2fc")]
    [InlineData("/a%5Cb", "/a\\b")]
    [InlineData("/100%", "/100%")]
    [InlineData("/%zz/%4", "/%zz/%4")]
    [InlineData("/%E4/%ED%A0%80", "/%E4/%ED%A0%80")]
    [InlineData("/%25/%2541", "/%/%41")]
    [InlineData("/a/./b/../c", "/a/c")]
    [InlineData("/a/%2E%2E/b", "/b")]
    [InlineData("/../..", "/")]
    [InlineData("/a/b/..", "/a/")]
    [InlineData("/a/.b/..c", "/a/.b/..c")]
    [InlineData("/a//b/", "/a//b/")]
    [InlineData("", "")]
    [InlineData("a", "/a")]
    public async Task A_path_is_decoded_as_in_Kestrel(string sent, string seen)
    {
        await using var function = await StartAsync();

        var response = await function.GetAsync(sent);

        Assert.Equal($"|{seen}", response.Text);
    }

    [Theory]
    [InlineData("/prod/jobs/1", "prod", "/prod|/jobs/1")]
    [InlineData("/prod", "prod", "/prod|")]
    [InlineData("/prod/", "prod", "/prod|/")]
    [InlineData("/production/jobs", "prod", "|/production/jobs")]
    [InlineData("/jobs", "prod", "|/jobs")]
    [InlineData("/Prod/jobs", "prod", "|/Prod/jobs")]
    [InlineData("/$default/jobs", "$default", "|/$default/jobs")]
    [InlineData("/jobs", "", "|/jobs")]
    public async Task A_stage_becomes_the_path_base_only_as_a_whole_segment(string sent, string stage, string seen)
    {
        await using var function = await StartAsync();

        var response = await function.SendAsync(new HttpApiEvent { Path = sent, Stage = stage });

        Assert.Equal(seen, response.Text);
    }

    [Theory]
    [InlineData("/a%00b")]
    [InlineData("/a\0b")]
    public async Task A_path_with_a_null_character_returns_400_and_the_function_continues(string path)
    {
        await using var function = await StartAsync();

        Assert.Equal(400, (await function.GetAsync(path)).Status);
        Assert.Equal(200, (await function.GetAsync("/a")).Status);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a=1&a=2&b=x%20y%2Bz+w&c", "?a=1&a=2&b=x%20y%2Bz+w&c")]
    [InlineData("url=https%3A%2F%2Fexample.com%2F%3Fq%3D1", "?url=https%3A%2F%2Fexample.com%2F%3Fq%3D1")]
    [InlineData("?already=there", "?already=there")]
    [InlineData("&&=", "?&&=")]
    public async Task The_query_string_is_passed_on_unchanged(string sent, string seen)
    {
        await using var function = await HttpFunction.StartAsync(app => app.Run(context =>
            context.Response.WriteAsync(context.Request.QueryString.Value!)));

        Assert.Equal(seen, (await function.SendAsync(new HttpApiEvent { Query = sent })).Text);
    }

    [Fact]
    public async Task Routes_match_and_bind_their_values()
    {
        await using var function = await HttpFunction.StartAsync(app =>
            app.MapGet("/jobs/{id}/thumbnails/{**name}", (string id, string name, string[] tag) => $"{id} {name} {string.Join('+', tag)}"));

        var response = await function.SendAsync(
            new HttpApiEvent { Path = "/v1/jobs/42/thumbnails/a%20b/c.png", Stage = "v1", Query = "tag=x%2Fy&tag=z" });

        Assert.Equal("42 a b/c.png x/y+z", response.Text);
    }

    private static Task<HttpFunction> StartAsync() => HttpFunction.StartAsync(app => app.Run(context =>
        context.Response.WriteAsync($"{context.Request.PathBase.Value}|{context.Request.Path.Value}")));
}
